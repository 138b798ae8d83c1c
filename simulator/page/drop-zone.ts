import { el } from './element.ts';
import { say } from './words.ts';

/** Lets files be dropped anywhere on `node`. */
export function createDropZone(node: HTMLElement, drop: (files: File[]) => void): void {
  const veil = el('div', { class: 'veil', hidden: true }, say.drop);
  node.append(veil);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

  node.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  node.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node) || !node.contains(event.relatedTarget))
      veil.hidden = true;
  });
  node.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = true;
    drop([...(event.dataTransfer?.files ?? [])]);
  });
}
