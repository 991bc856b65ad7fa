import { z } from "zod";
import { GlCodesInput } from "#lib/close/gl-codes.ts";
import { EntryInput } from "#lib/close/hand-entry.ts";
import { JournalParameters } from "#lib/exports/kinds/adjustments.ts";
import { GlJournalParameters } from "#lib/exports/kinds/gl-journal.ts";
import { KpiParameters } from "#lib/exports/kinds/kpis.ts";
import { StatementParameters } from "#lib/exports/kinds/statements.ts";
import { JournalBody, ReverseInput } from "./adjustments.ts";
import {
  ClosedLinesBody,
  ClosedMonthBody,
  ClosedMonthsBody,
  CloseInput,
  ReopenInput,
} from "./closed-months.ts";
import { GlJournalBody } from "./gl-journal.ts";
import { KpisBody } from "./kpis.ts";
import { StatementsBody } from "./statements.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** What the API's description says of closing months. */
export const CLOSE_OPERATIONS = [
  {
    method: "get",
    path: "/closed-months",
    summary: "The months with their state; for admins and finance",
    answer: json(ClosedMonthsBody),
  },
  {
    method: "post",
    path: "/closed-months",
    summary: "Close a month that is over",
    body: CloseInput,
    answer: json(
      z.strictObject({
        month: ClosedMonthBody.shape.month,
        hash: z.string(),
        totals: ClosedMonthBody.shape.totals.unwrap(),
      }),
    ),
  },
  {
    method: "get",
    path: "/closed-months/{month}",
    summary: "A closed month with the lines that it was closed with",
    answer: json(ClosedLinesBody),
  },
  {
    method: "post",
    path: "/closed-months/{month}/reopen",
    summary: "Open a closed month again, with the reason",
    body: ReopenInput,
    answer: json(z.strictObject({ month: z.string(), reopened: z.literal(true) })),
  },
  {
    method: "get",
    path: "/statements",
    summary: "The statements of teams; closed months as they were closed",
    query: StatementParameters,
    answer: json(StatementsBody),
  },
  {
    method: "get",
    path: "/kpis",
    summary: "The key figures of a month with what they are divided of; for admins and finance",
    query: KpiParameters,
    answer: json(KpisBody),
  },
  {
    method: "get",
    path: "/adjustments",
    summary: "The adjustment journal; for admins and finance",
    query: JournalParameters,
    answer: json(JournalBody),
  },
  {
    method: "post",
    path: "/adjustments",
    summary: "Book a credit, a charge, a move between teams or a write-off in an open month",
    body: EntryInput,
    answer: json(JournalBody),
  },
  {
    method: "post",
    path: "/adjustments/{id}/reverse",
    summary: "Take a booking back by entries of the other sign",
    body: ReverseInput,
    answer: json(JournalBody),
  },
  {
    method: "get",
    path: "/gl-codes",
    summary: "The codes of the general ledger; for admins and finance",
    answer: json(GlCodesInput),
  },
  {
    method: "put",
    path: "/gl-codes",
    summary: "Say all codes of the general ledger",
    body: GlCodesInput,
    answer: json(GlCodesInput),
  },
  {
    method: "get",
    path: "/gl-journal",
    summary: "A month's statements as a journal for the general ledger, balanced to the cent",
    query: GlJournalParameters,
    answer: json(GlJournalBody),
  },
] as const;
