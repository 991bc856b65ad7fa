/** What processes tell each other of what they hold, through the database's notifications. */
export type ReservationNotice = {
  /** The process that tells; empty: the ledger settled them. */
  readonly from: string;
  readonly granted: readonly string[];
  /** Given back, or settled by their call. */
  readonly closed: readonly string[];
};

/** A notification holds less than 8,000 bytes: so many ids of 36 fit, with what stands before them. */
const MOST_IDS = 200;

/** As many notifications as it takes. */
export function printNotices({ from, granted, closed }: ReservationNotice): string[] {
  const ids = [...granted.map((id) => `+${id}`), ...closed.map((id) => `-${id}`)];
  const notices: string[] = [];
  for (let index = 0; index < ids.length; index += MOST_IDS) {
    notices.push(`${from} ${ids.slice(index, index + MOST_IDS).join("")}`);
  }
  return notices;
}

export function readNotice(text: string): ReservationNotice {
  const [from = "", ids = ""] = text.split(" ", 2);
  const signed = ids.match(/[+-]\w{8}-\w{4}-\w{4}-\w{4}-\w{12}/g) ?? [];
  const of = (sign: string) => signed.filter((id) => id[0] === sign).map((id) => id.slice(1));
  return { from, granted: of("+"), closed: of("-") };
}
