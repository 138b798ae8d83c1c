const paths = {
  back: 'M15 5l-7 7 7 7',
  clip: 'M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6',
  send: 'M4 12l16-8-6 16-2.5-6.5z',
  reply: 'M10 6L4 12l6 6M4.5 12H14a6 6 0 0 1 6 6',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18.5 14.2A6.5 6.5 0 0 1 21.5 20',
  chevron: 'M6 9l6 6 6-6',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  desk: 'M3 5h18v11H3zM9 20h6M12 16v4',
  book: 'M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5zM12 6.5v13',
  close: 'M6 6l12 12M18 6L6 18',
} as const;
export type IconName = keyof typeof paths;

const svg = 'http://www.w3.org/2000/svg';

/** A line drawing that says nothing to a screen reader: what it stands on has the words. */
export function icon(name: IconName): SVGElement {
  const node = document.createElementNS(svg, 'svg');
  node.setAttribute('viewBox', '0 0 24 24');
  node.setAttribute('class', 'icon');
  node.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', paths[name]);
  node.append(path);
  return node;
}
