/**
 * The lock file must install on every platform and everywhere: each optional dependency that a package
 * names is locked with its checksum, versions in package.json are exact, and no entry is tied to a host.
 */
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const faults = [];

for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
  for (const [name, version] of Object.entries(manifest[group] ?? {})) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      faults.push(`${name}: "${version}" is not exact`);
    if (packages[''][group]?.[name] !== version)
      faults.push(`${name}: the lock file has another version`);
  }
}

/** Where Node would find `name` when asked from the package at `place`. */
function find(place, name) {
  for (
    let folder = place;
    ;
    folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))
  ) {
    const found = packages[`${folder}${folder && '/'}node_modules/${name}`];
    if (found || !folder) return found;
  }
}

for (const [place, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!find(place, name)) faults.push(`${place || 'package.json'}: ${name} is not locked`);
  }
  if (!place || entry.link) continue;
  if (!entry.integrity && !entry.inBundle) faults.push(`${place}: no checksum`);
  if (entry.resolved) faults.push(`${place}: is tied to ${new URL(entry.resolved).host}`);
}

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
