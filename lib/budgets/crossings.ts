import type { Amount } from "./amount.ts";
import { ARMED, type Arm, moveArm } from "./arming.ts";
import type { Threshold } from "./budget.ts";
import { hasReached } from "./share.ts";

/** `exceeded`: spend is above the limit, whatever thresholds there are. */
export type CrossingBasis = "actual" | "forecast" | "exceeded";

/** Why a crossing is marked and nothing is said of it. */
export type Silence =
  /** A higher threshold was crossed at the same moment and speaks for it. */
  | "higher"
  /** It had fired under the limit before, and spend is above it under the new one, too. */
  | "carried"
  /** A forecast of what has happened already. */
  | "known"
  | "muted";

/** A crossing as it is kept. */
export type KnownCrossing = {
  readonly basis: CrossingBasis;
  readonly percent: number;
  readonly arming: number;
  readonly limitKey: string;
  readonly wasSaid: boolean;
  readonly silentBecause: Silence | null;
  readonly uncrossedAt: number | null;
  readonly recrossedAt: number | null;
};

export type Mark = {
  readonly basis: CrossingBasis;
  readonly percent: number;
  readonly arming: number;
  readonly silentBecause: Silence | null;
};

export type Decision = {
  /** To be kept, lowest first; those without a silence are to be said. */
  readonly marks: readonly Mark[];
  /** Kept crossings that a correction or another limit took back, and those that are crossed again. */
  readonly uncrossed: readonly KnownCrossing[];
  readonly recrossed: readonly KnownCrossing[];
  /** Those taken back that were told: what is to be said of. */
  readonly takenBack: readonly KnownCrossing[];
  /** It was another limit that took them back, no correction. */
  readonly byLimit: boolean;
  readonly arms: Arms;
};

/** By percent. */
export type Arms = Readonly<Record<string, Arm>>;

export type Situation = {
  readonly thresholds: readonly Threshold[];
  readonly spent: Amount;
  readonly limit: Amount;
  readonly limitKey: string;
  /** Null while there is not enough history. */
  readonly forecast: Amount | null;
  /** All of the running period, also of limits before. */
  readonly known: readonly KnownCrossing[];
  readonly arms: Arms;
  /** The limit has changed since the last look, within the period. */
  readonly isNewLimit: boolean;
  readonly isMuted: boolean;
  readonly now: number;
};

/**
 * Decides what has been crossed that nobody knows of yet. Each threshold is
 * marked once for a limit; of several that are crossed at once, the highest
 * speaks. Asking again with what was decided decides nothing more.
 */
export function decide(situation: Situation): Decision {
  const actual = spentMarks(situation, "actual", percentsOf(situation, "actual"), isCrossed);
  const exceeded = spentMarks(situation, "exceeded", [100], isExceeded);
  const forecast = forecastMarks(situation);
  const own = situation.known.filter(({ limitKey }) => limitKey === situation.limitKey);
  const spentOnes = own.filter(({ basis }) => basis !== "forecast");
  const uncrossed = situation.known.filter((each) => isStanding(each) && isOver(situation, each));
  // A mute keeps alarms away; that one is over is none.
  const takenBack = uncrossed.filter(isNews);
  return {
    marks: [...actual, ...exceeded, ...forecast.marks].map((mark) =>
      situation.isMuted ? muted(mark) : mark,
    ),
    uncrossed,
    recrossed: spentOnes.filter((each) => !isStanding(each) && !isOver(situation, each)),
    takenBack,
    byLimit: !uncrossed.some(
      ({ limitKey, basis, percent }) =>
        limitKey === situation.limitKey &&
        takenBack.some((each) => each.basis === basis && each.percent === percent),
    ),
    arms: forecast.arms,
  };
}

/** Nothing spoke for those below the highest, either. */
function muted(mark: Mark): Mark {
  const { silentBecause } = mark;
  const isUnsaid = silentBecause === null || silentBecause === "higher";
  return isUnsaid ? { ...mark, silentBecause: "muted" } : mark;
}

/**
 * Whether what was crossed is crossed no more, under whichever limit it was. A
 * forecast goes up and down: only another limit ends what it had reached.
 */
function isOver(situation: Situation, { basis, percent, limitKey }: KnownCrossing): boolean {
  const { forecast, limit } = situation;
  if (basis === "exceeded") return !isExceeded(situation);
  if (basis === "actual") return !isCrossed(situation, percent);
  if (limitKey === situation.limitKey || forecast === null) return false;
  return !hasReached(forecast, limit, percent);
}

/** Whether it was told that this was crossed, and not yet that it is no more. */
function isNews({ wasSaid, silentBecause, recrossedAt }: KnownCrossing): boolean {
  return (wasSaid || silentBecause === "higher") && recrossedAt === null;
}

/** Whether spend is above the crossing still, or again. */
export function isStanding({
  uncrossedAt,
  recrossedAt,
}: Pick<KnownCrossing, "uncrossedAt" | "recrossedAt">): boolean {
  return uncrossedAt === null || (recrossedAt !== null && recrossedAt >= uncrossedAt);
}

function isCrossed({ spent, limit }: Situation, percent: number): boolean {
  return hasReached(spent, limit, percent);
}

function isExceeded({ spent, limit }: Situation): boolean {
  return spent > limit;
}

function spentMarks(
  situation: Situation,
  basis: "actual" | "exceeded",
  percents: readonly number[],
  isNow: (situation: Situation, percent: number) => boolean,
): Mark[] {
  const { known, limitKey, isNewLimit } = situation;
  const same = (percent: number) =>
    known.filter((each) => each.basis === basis && each.percent === percent);
  const fresh = percents.filter(
    (percent) =>
      isNow(situation, percent) && !same(percent).some((each) => each.limitKey === limitKey),
  );
  const isCarried = (percent: number) => isNewLimit && same(percent).some(isStanding);
  const highest = fresh.filter((percent) => !isCarried(percent)).at(-1);
  return fresh.map((percent) => ({
    basis,
    percent,
    arming: 0,
    silentBecause: isCarried(percent) ? "carried" : percent === highest ? null : "higher",
  }));
}

function forecastMarks(situation: Situation): { marks: Mark[]; arms: Arms } {
  const { forecast, limit, isNewLimit, known, now } = situation;
  const arms: Record<string, Arm> = {};
  const fired: { percent: number; arming: number; silence: Silence | null }[] = [];
  for (const percent of percentsOf(situation, "forecast")) {
    const arm = armOf(situation, percent);
    if (forecast === null) {
      arms[percent] = arm;
      continue;
    }
    const moved = moveArm(arm, forecast, limit, percent, now);
    arms[percent] = moved.arm;
    if (!moved.fires) continue;
    const hadFired = known.some(
      (each) => each.basis === "forecast" && each.percent === percent && isStanding(each),
    );
    const silence =
      isNewLimit && hadFired ? "carried" : isCrossed(situation, percent) ? "known" : null;
    fired.push({ percent, arming: arm.arming, silence });
  }
  const highest = fired.filter(({ silence }) => silence === null).at(-1)?.percent;
  const marks = fired.map(({ percent, arming, silence }): Mark => {
    const silentBecause = silence ?? (percent === highest ? null : "higher");
    return { basis: "forecast", percent, arming, silentBecause };
  });
  return { marks, arms };
}

/** What has fired under this limit stays disarmed, also when its arm was lost with another limit. */
function armOf({ arms, known, limitKey, now }: Situation, percent: number): Arm {
  const stored = arms[percent];
  if (stored !== undefined) return stored;
  const armings = known
    .filter((each) => each.basis === "forecast" && each.percent === percent)
    .filter((each) => each.limitKey === limitKey)
    .map(({ arming }) => arming);
  if (armings.length === 0) return ARMED;
  return { ...ARMED, isArmed: false, arming: Math.max(...armings), firedAt: now, lookedAt: now };
}

/** Ascending, so that the last is the highest. */
function percentsOf({ thresholds }: Situation, kind: Threshold["kind"]): number[] {
  return [
    ...new Set(thresholds.filter((each) => each.kind === kind).map(({ percent }) => percent)),
  ].sort((a, b) => a - b);
}
