import type { Log } from '../../base/log.ts';
import { droppedSentences, writtenAnswers, type WrittenOutcome } from '../../base/metrics.ts';
import type { Chat } from '../model/chat.ts';
import { ModelError } from '../model/fault.ts';
import { createChecker } from './checking.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import { instructsModel } from './forbidden-content.ts';
import { promptOf } from './prompt.ts';
import { createSplitter } from './sentences.ts';
import type { Writer, Written } from './types.ts';

/** Answers in a model's words, of which every sentence was checked against the passages it cites. */
export function createWriter({ chat, log }: { chat: Chat; log: Log }): Writer {
  return {
    async write({ question, earlier, passages, patience, onSentence }) {
      const began = performance.now();
      const given = passages.map((hit) => (instructsModel(hit.text) ? undefined : hit));
      if (!given.some(Boolean)) return undefined;
      const drafting = createDrafting(createChecker(given), onSentence);
      const prompt = promptOf({ question, earlier, passages: given });
      const failed = await read(chat.say(prompt, AbortSignal.timeout(patience)), drafting);
      const kept = drafting.kept(question);
      const outcome = outcomeOf(drafting, kept, failed);
      writtenAnswers.inc({ outcome });
      for (const fault of drafting.faults) droppedSentences.inc({ fault });
      log.info(
        {
          ...{ outcome, said: drafting.said(), dropped: drafting.faults },
          ...(failed && { fault: failed.fault, status: failed.status, code: failed.code }),
          ms: Math.round(performance.now() - began),
        },
        'a model wrote an answer',
      );
      return kept;
    },
  };
}

/** Hands on each sentence as it is complete; what the endpoint did wrong, if anything. */
async function read(
  pieces: AsyncIterable<string>,
  drafting: Drafting,
): Promise<ModelError | undefined> {
  const splitter = createSplitter();
  let failed: ModelError | undefined;
  try {
    for await (const piece of pieces) {
      if (!splitter.add(piece).every(drafting.add)) return undefined;
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    failed = error;
  }
  // Half a sentence may say the opposite of the whole one.
  splitter.rest(!failed).every(drafting.add);
  return failed;
}

function outcomeOf(
  drafting: Drafting,
  kept: Written | undefined,
  failed: ModelError | undefined,
): WrittenOutcome {
  if (kept) return failed || drafting.faults.length > 0 ? 'part' : 'whole';
  if (drafting.hasRefused()) return 'refused';
  if (failed) return failed.fault === 'late' ? 'late' : 'failed';
  return 'little';
}
