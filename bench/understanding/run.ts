/** `npm run bench:understanding`: how many of the sentences come to what their writers meant. */
import { commands } from '../../test/support/commands.ts';
import { measure } from './measure.ts';
import { sentences } from './sentences.ts';

const { right, wrong, answered } = measure(sentences, commands);
for (const { text, meant, got } of wrong) console.log(`${text}: ${got}, and ${meant} was meant`);
const share = ((100 * right) / sentences.length).toFixed(1);
console.log(
  `${right} of ${sentences.length} (${share} %); ${answered.length} orders taken for questions`,
);
