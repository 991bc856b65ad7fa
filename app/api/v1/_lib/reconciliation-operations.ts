import type { z } from "zod";
import {
  AcceptInput,
  InvoiceBody,
  InvoicesBody,
  ReconciliationBody,
  UploadBody,
  UploadParameters,
  WithdrawInput,
} from "./reconciliations.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** What the API's description says of providers' invoices. */
export const RECONCILIATION_OPERATIONS = [
  {
    method: "get",
    path: "/reconciliations",
    summary: "The invoices that were uploaded; for admins and finance",
    answer: json(InvoicesBody),
  },
  {
    method: "post",
    path: "/reconciliations",
    summary: "Hold an invoice or cost export, sent as the body, against the ledger",
    query: UploadParameters,
    answer: json(UploadBody),
  },
  {
    method: "get",
    path: "/reconciliations/{id}",
    summary: "An invoice beside the ledger as it is now, the gap explained",
    answer: json(ReconciliationBody),
  },
  {
    method: "post",
    path: "/reconciliations/{id}/accept",
    summary: "Take the gap for settled and book it in an open month",
    body: AcceptInput,
    answer: json(InvoiceBody),
  },
  {
    method: "post",
    path: "/reconciliations/{id}/withdraw",
    summary: "Say that an invoice does not count; what it replaced counts again",
    body: WithdrawInput,
    answer: json(InvoiceBody),
  },
] as const;
