import type { Dialect } from "./dialect.ts";

/**
 * All dialects, in the order of DIALECTS 0.5: the first that owns an item reads
 * it. Agents come before frameworks, frameworks before conventions, and what
 * nobody knows comes last.
 */
export const DIALECT_ORDER: readonly Dialect[] = [];
