// Puts what needs no compiling beside the compiled chat page: its sheets, pictures and the one package it loads.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const from = path.join(root, 'simulator/page');
const to = path.join(root, 'dist/simulator/page');

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from))
  if (/\.(html|css|svg)$/.test(name)) copyFileSync(path.join(from, name), path.join(to, name));

const marked = fileURLToPath(import.meta.resolve('marked'));
copyFileSync(marked, path.join(to, 'marked.js'));
