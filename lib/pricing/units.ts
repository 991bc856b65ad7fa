/**
 * What is billed, and the block its price is quoted for. Token units are those
 * of the ledger (lib/usage/tokens.ts) and the modalities some models price
 * apart; counts and hours are tool and session fees, which no tier, region or
 * speed ever multiplies.
 */
export const UNITS = {
  input_uncached: { per: 1_000_000, measure: "token" },
  cache_read: { per: 1_000_000, measure: "token" },
  cache_write_5m: { per: 1_000_000, measure: "token" },
  cache_write_1h: { per: 1_000_000, measure: "token" },
  output: { per: 1_000_000, measure: "token" },
  reasoning: { per: 1_000_000, measure: "token" },
  input_audio: { per: 1_000_000, measure: "token" },
  input_image: { per: 1_000_000, measure: "token" },
  input_video: { per: 1_000_000, measure: "token" },
  cache_read_audio: { per: 1_000_000, measure: "token" },
  cache_read_image: { per: 1_000_000, measure: "token" },
  output_audio: { per: 1_000_000, measure: "token" },
  output_image: { per: 1_000_000, measure: "token" },
  output_video: { per: 1_000_000, measure: "token" },
  output_citation: { per: 1_000_000, measure: "token" },
  web_search: { per: 1_000, measure: "count" },
  web_search_preview: { per: 1_000, measure: "count" },
  web_fetch: { per: 1_000, measure: "count" },
  file_search: { per: 1_000, measure: "count" },
  request: { per: 1_000, measure: "count" },
  input_text_message: { per: 1_000, measure: "count" },
  document_page: { per: 1_000, measure: "count" },
  annotated_document_page: { per: 1_000, measure: "count" },
  container_session_1gb: { per: 1, measure: "count" },
  container_session_4gb: { per: 1, measure: "count" },
  container_session_16gb: { per: 1, measure: "count" },
  container_session_64gb: { per: 1, measure: "count" },
  session_hours: { per: 1, measure: "hour" },
  audio_hours: { per: 1, measure: "hour" },
  input_audio_hours: { per: 1, measure: "hour" },
  cache_storage_token_hours: { per: 1_000_000, measure: "hour" },
} as const satisfies Readonly<Record<string, UnitDefinition>>;

type UnitDefinition = {
  /** The block of units that an amount in a price file buys. */
  readonly per: number;
  /** Counts and tokens are whole; hours may be fractions. */
  readonly measure: "token" | "count" | "hour";
};

export type Unit = keyof typeof UNITS;

export const UNIT_NAMES = Object.keys(UNITS) as readonly Unit[];

/** Names that other programs give to our units. */
const UNIT_ALIASES: Readonly<Record<string, Unit>> = {
  cache_write: "cache_write_5m",
  web_search_calls: "web_search",
  web_search_requests: "web_search",
  web_searches: "web_search",
  web_fetch_requests: "web_fetch",
  web_fetch_calls: "web_fetch",
  file_search_calls: "file_search",
  file_searches: "file_search",
  session_hour: "session_hours",
  cache_audio: "cache_read_audio",
  input_audio_cached: "cache_read_audio",
};

/** Every accepted spelling of a unit. */
export const UNIT_SPELLINGS: ReadonlyMap<string, Unit> = new Map([
  ...UNIT_NAMES.map((unit) => [unit, unit] as const),
  ...Object.entries(UNIT_ALIASES),
]);

export function isTokenUnit(unit: Unit): boolean {
  return UNITS[unit].measure === "token";
}
