/** None of this may stand in an answer, whatever the passages say. */
const never = [
  /[@＠]\s?[\p{L}\p{N}_]/u, // a mention, or an address of mail
  /!?\[[^\]]*\]\s*\(/u, // a link or a picture in Markdown
  /`|<\/?[a-z][^>]*>|\{\{|\$\{/iu, // code and tags
  /\b(?:javascript|data):/iu,
  /作为(?:一个|一名)?(?:AI|人工智能|语言模型|大模型|助手|机器人)|as an? (?:ai|language model|assistant)/iu,
  /(?:忽略|无视|不要理会)[^，。]{0,12}(?:指令|规则|提示)|系统提示|提示词|越狱|system prompt|ignore (?:all|any|the|previous)/iu,
  // No passage can support what the passages do not say.
  /(?:资料|材料|原文|文中|文档|上文|段落|引文|来源)[中里内]?(?:并?没有|并?未|均?未|无法|不包含|没)/u,
  /(?:passages?|documents?|sources?|texts?) (?:do|does|did) not/iu,
  /(?:资料|段落|引文|来源|passages?|sources?)\s*[[［【(（]?\d/iu,
  /原文(?:是|为|如下|写道)/u,
];

/** These may be said only where a cited passage says them too. */
const onlyQuoted = [
  /(?:https?:\/\/|www\.)[^\s，。；）)]+/giu,
  /\b(?:[\w-]+\.)+(?:com|cn|net|org|io|gov|edu|top|xyz|info|cc|me)\b[^\s，。；）)]*/giu,
  /指令|扮演|prompts?\b|instructions?\b/giu,
  /我(?:会|是|的|可以|将|不能|无法|来|已|建议|认为)|\bI(?:'m|'ll| am| will| can| cannot)\b/giu,
  /最新(?:修订|修正|版)|现行(?:有效|版)|[旧新]版|修订[版前后]|修正[案前后]|修改[前后]|已(?:经)?(?:废止|失效)|amended|repealed|revised|latest (?:edition|version)/giu,
];

/** Whether a sentence has a link, a mention, code, talk of prompts or models, or editions that the cited text does not name. */
export function hasForbiddenContent(sentence: string, cited: string): boolean {
  if (never.some((pattern) => pattern.test(sentence))) return true;
  const words = onlyQuoted.flatMap((pattern) => sentence.match(pattern) ?? []);
  const known = cited.toLowerCase();
  return words.some((word) => !known.includes(word.toLowerCase()));
}

const toModel =
  /(?:忽略|无视|不要理会|不必理会)[^，。]{0,16}(?:指令|规则|提示|要求)|系统提示|(?:ignore|disregard|forget) (?:all|any|the|your|previous)[^.\n]{0,40}(?:instruction|rule|prompt)|you are now|^\s*system\s*[:：]/imu;

/** Whether a document tries to tell a model what to do: such a passage is left to people. */
export const instructsModel = (text: string): boolean => toModel.test(text);
