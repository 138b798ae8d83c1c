/** The little of a logger that the simulator needs; pino's fits. */
export interface SimulatorLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

export const silentLog: SimulatorLog = { info: () => undefined, warn: () => undefined };
