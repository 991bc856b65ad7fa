import { randomUUID } from "node:crypto";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import type { CheckAnswer } from "./check-answer.ts";
import { checkAnswer } from "./check-answer.ts";
import type { CheckInput } from "./check-input.ts";
import type { CheckState } from "./check-state.ts";
import { decideCall, type Verdict } from "./decide-call.ts";
import { type CallEstimate, estimateCall } from "./estimate-call.ts";
import type { Reservation, ReservationBook } from "./reservation-book.ts";
import { amountFor } from "./standing.ts";

/** Spend that is older than that decides nothing. */
const STALEST_MS = 30_000;
const MOST_RESERVATIONS = 100_000;

/**
 * Answers "may I spend this?" from memory. Synchronous from the look at what is
 * left to the hold on it, so that no two calls of this process get the same money.
 *
 * @throws {AppError} "forbidden" for a team that the viewer does not see and for
 *   holds by mere viewers; "unavailable" while the spend is not known.
 */
export function checkSpend(
  viewer: Viewer,
  input: CheckInput,
  { state, book, publicUrl }: { state: CheckState; book: ReservationBook; publicUrl: string },
  now: number,
): CheckAnswer {
  requireRight(viewer, input);
  if (now - state.asOf > STALEST_MS) {
    throw new AppError("Spend is not known at the moment", {
      ...{ code: "unavailable", retryAfterSeconds: 5 },
    });
  }
  const { learned, pricing, processes } = state;
  const estimate = estimateCall(input, learned, pricing, now);
  const verdict = decideCall({
    call: {
      team: input.team ?? null,
      cost_center: input.cost_center ?? null,
      project: input.project ?? null,
      agent: input.agent ?? null,
      workflow: input.workflow ?? null,
      user: input.user ?? null,
      model: estimate.model,
      provider: estimate.provider,
      key: input.key ?? null,
    },
    estimate,
    alternatives: () =>
      learned.models.map(({ provider, model }) =>
        estimateCall({ ...input, provider, model }, learned, pricing, now),
      ),
    standings: state.standingsAt(now),
    held: (id) => book.held(id),
    unshared: (id) => book.unshared(id),
    nextExpiry: (id) => book.nextExpiry(id),
    ...{ processes, willReserve: input.reserve, now },
  });
  const willHold = input.reserve && verdict.decision === "allow";
  const reservation = willHold ? hold(input, estimate, verdict, now) : null;
  const facts = { verdict, estimate, reservation, processes, publicUrl, asOf: state.asOf };
  const answer = checkAnswer(viewer, { ...facts, lagMs: Math.max(0, now - state.asOf) });
  if (reservation !== null) {
    if (book.size >= MOST_RESERVATIONS) {
      throw new AppError("Too much is held at once", {
        code: "rate_limited",
        retryAfterSeconds: 5,
      });
    }
    book.grant(reservation);
  }
  return answer;
}

function requireRight(viewer: Viewer, { team, reserve }: CheckInput): void {
  if (viewer.teams !== "all" && !(team != null && viewer.teams.includes(team))) {
    throw new AppError("Name a team that this key may see", { code: "forbidden" });
  }
  const scope = reserve ? "write" : "read";
  if (viewer.kind === "key" && viewer.scopes?.includes(scope) !== true) {
    throw new AppError(`This key has not the scope ${scope}`, { code: "forbidden" });
  }
  if (reserve && viewer.role === "viewer") {
    throw new AppError("This needs the role admin, finance or manager", { code: "forbidden" });
  }
}

function hold(
  { team, user, agent, key, reserve_seconds: seconds }: CheckInput,
  estimate: CallEstimate,
  { weighed }: Verdict,
  now: number,
): Reservation {
  return {
    id: randomUUID(),
    createdAt: now,
    expiresAt: now + seconds * 1_000,
    ...{ team: team ?? null, user: user ?? null, agent: agent ?? null },
    ...{ model: estimate.model, key: key ?? null },
    amount: estimate.cost,
    holds: new Map(
      weighed.flatMap(({ standing }) => {
        const amount = amountFor(standing, estimate);
        return amount === null ? [] : [[standing.budget.id, amount] as const];
      }),
    ),
  };
}
