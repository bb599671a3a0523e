const steps = {
  catalog: '中心与服务 centers and offerings',
  sessions: '场次 sessions',
  people: '居民 people',
  bookings: '示例预约 sample bookings',
  rounds: '示例抽签 sample rounds',
} as const;

/** Hears how far a step of an import is. */
export type Progress = (step: keyof typeof steps, done: number, total: number) => void;

const LINE_EVERY_MS = 2_000;

/** Progress as lines for a terminal or a log: one when a step ends, and one every two seconds of a long one. */
export function progressLines(print: (line: string) => void, clock: () => number = () => performance.now()): Progress {
  let lastAt = clock();
  return (step, done, total) => {
    const now = clock();
    if (done < total && now - lastAt < LINE_EVERY_MS) return;
    lastAt = now;
    print(`${steps[step]} ${done}/${total}`);
  };
}
