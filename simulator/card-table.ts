/** What a property may hold. `elements`, `columns`, `text`… are walked into. */
export type Kind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'size' // a number or a string such as `8px`
  | 'object'
  | 'list'
  | 'elements'
  | 'columns'
  | 'text'
  | 'icon'
  | 'confirm'
  | 'options'
  | 'behaviors'
  | 'panel-header';

export type Properties = Readonly<Record<string, Kind>>;
export interface TagRule {
  properties: Properties;
  /** Absent, the card is refused. */
  needs?: readonly string[];
  /** Answers to people: inside a form it must have a name. */
  interactive?: boolean;
  /** Holds elements of its own: counts towards the nesting limit. */
  container?: boolean;
}

const common: Properties = { tag: 'string', element_id: 'string', margin: 'string' };
const spread: Properties = {
  direction: 'string',
  padding: 'string',
  horizontal_spacing: 'string',
  horizontal_align: 'string',
  vertical_spacing: 'string',
  vertical_align: 'string',
};
const words: Properties = {
  content: 'string',
  i18n_content: 'object',
  text_size: 'string',
  text_color: 'string',
  text_align: 'string',
  lines: 'number',
};
const field: Properties = {
  ...common,
  name: 'string',
  required: 'boolean',
  disabled: 'boolean',
  width: 'string',
  behaviors: 'behaviors',
  confirm: 'confirm',
};
const picker: Properties = { ...field, type: 'string', placeholder: 'text' };
const select: Properties = { ...picker, options: 'options' };
const pressable: Properties = { hover_tips: 'text', disabled: 'boolean', disabled_tips: 'text' };

/** The parts of a card that are not elements. */
export const cardProperties = {
  card: {
    schema: 'string',
    config: 'object',
    card_link: 'object',
    header: 'object',
    body: 'object',
  },
  config: {
    streaming_mode: 'boolean',
    streaming_config: 'object',
    summary: 'object',
    locales: 'list',
    enable_forward: 'boolean',
    enable_forward_interaction: 'boolean',
    update_multi: 'boolean',
    width_mode: 'string',
    use_custom_translation: 'boolean',
    style: 'object',
  },
  header: {
    title: 'text',
    subtitle: 'text',
    text_tag_list: 'list',
    i18n_text_tag_list: 'object',
    template: 'string',
    icon: 'icon',
    padding: 'string',
  },
  body: { ...spread, elements: 'elements' },
  confirm: { title: 'text', text: 'text' },
  option: { text: 'text', value: 'string', icon: 'icon' },
  'panel-header': {
    title: 'text',
    background_color: 'string',
    vertical_align: 'string',
    padding: 'string',
    position: 'string',
    width: 'string',
    icon: 'icon',
    icon_position: 'string',
    icon_expanded_angle: 'number',
  },
} as const satisfies Record<string, Properties>;

/** Every tag of JSON 2.0 that the simulator knows, with all it may carry: anything else is refused. */
export const tagRules: Readonly<Record<string, TagRule>> = {
  plain_text: { properties: { tag: 'string', element_id: 'string', ...words }, needs: ['content'] },
  lark_md: { properties: { tag: 'string', element_id: 'string', ...words }, needs: ['content'] },
  standard_icon: {
    properties: { tag: 'string', token: 'string', color: 'string', size: 'string' },
  },
  custom_icon: { properties: { tag: 'string', img_key: 'string', size: 'string' } },

  div: { properties: { ...common, width: 'string', text: 'text', icon: 'icon' } },
  markdown: {
    properties: { ...common, ...words, icon: 'icon', href: 'object' },
    needs: ['content'],
  },
  hr: { properties: common },
  img: {
    properties: {
      ...common,
      img_key: 'string',
      alt: 'text',
      title: 'text',
      corner_radius: 'string',
      scale_type: 'string',
      size: 'string',
      transparent: 'boolean',
      preview: 'boolean',
    },
    needs: ['img_key'],
  },
  person: {
    properties: {
      ...common,
      size: 'string',
      user_id: 'string',
      show_avatar: 'boolean',
      show_name: 'boolean',
      style: 'string',
    },
    needs: ['user_id'],
  },
  chart: {
    properties: {
      ...common,
      chart_spec: 'object',
      aspect_ratio: 'string',
      color_theme: 'string',
      preview: 'boolean',
      height: 'string',
    },
    needs: ['chart_spec'],
  },
  table: {
    properties: {
      ...common,
      page_size: 'number',
      row_height: 'string',
      row_max_height: 'string',
      freeze_first_column: 'boolean',
      header_style: 'object',
      columns: 'list',
      rows: 'list',
    },
    needs: ['columns', 'rows'],
  },

  column_set: {
    properties: {
      ...common,
      flex_mode: 'string',
      background_style: 'string',
      horizontal_spacing: 'string',
      horizontal_align: 'string',
      columns: 'columns',
      action: 'object',
    },
    needs: ['columns'],
    container: true,
  },
  column: {
    properties: {
      ...common,
      ...spread,
      background_style: 'string',
      width: 'string',
      weight: 'number',
      elements: 'elements',
      action: 'object',
    },
  },
  form: {
    properties: { ...common, ...spread, name: 'string', elements: 'elements' },
    needs: ['elements'],
    container: true,
  },
  interactive_container: {
    properties: {
      ...common,
      ...spread,
      ...pressable,
      width: 'string',
      height: 'string',
      background_style: 'string',
      has_border: 'boolean',
      border_color: 'string',
      corner_radius: 'string',
      behaviors: 'behaviors',
      confirm: 'confirm',
      elements: 'elements',
    },
    needs: ['elements'],
    container: true,
  },
  collapsible_panel: {
    properties: {
      ...common,
      ...spread,
      expanded: 'boolean',
      background_color: 'string',
      header: 'panel-header',
      border: 'object',
      elements: 'elements',
    },
    needs: ['header', 'elements'],
    container: true,
  },

  button: {
    properties: {
      ...field,
      ...pressable,
      type: 'string',
      size: 'string',
      text: 'text',
      icon: 'icon',
      form_action_type: 'string',
    },
    interactive: true,
  },
  input: {
    properties: {
      ...field,
      placeholder: 'text',
      default_value: 'string',
      max_length: 'number',
      input_type: 'string',
      show_icon: 'boolean',
      rows: 'number',
      auto_resize: 'boolean',
      max_rows: 'number',
      label: 'text',
      label_position: 'string',
      fallback: 'object',
    },
    interactive: true,
  },
  select_static: {
    properties: { ...select, initial_index: 'number', initial_option: 'string' },
    needs: ['options'],
    interactive: true,
  },
  multi_select_static: {
    properties: { ...select, selected_values: 'list' },
    needs: ['options'],
    interactive: true,
  },
  select_person: { properties: { ...select, initial_option: 'string' }, interactive: true },
  multi_select_person: { properties: { ...select, selected_values: 'list' }, interactive: true },
  date_picker: { properties: { ...picker, initial_date: 'string' }, interactive: true },
  picker_time: { properties: { ...picker, initial_time: 'string' }, interactive: true },
  picker_datetime: { properties: { ...picker, initial_datetime: 'string' }, interactive: true },
  overflow: { properties: { ...field, options: 'list' }, needs: ['options'], interactive: true },
  checker: {
    properties: {
      ...field,
      ...pressable,
      checked: 'boolean',
      text: 'text',
      overall_checkable: 'boolean',
      button_area: 'object',
      checked_style: 'object',
      padding: 'string',
    },
    interactive: true,
  },
};
