import type { Command } from "./command.ts";

type Entry = { readonly summary: string; readonly load: () => Promise<Command> };

/** Every command by its name; each file is loaded only when its command is called. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: "run everything: database, pages, collector, worker",
    load: async () => (await import("./start.ts")).start,
  },
  web: {
    summary: "run the pages and the API alone",
    load: async () => (await import("./role.ts")).web,
  },
  collector: {
    summary: "run the OTLP collector alone",
    load: async () => (await import("./role.ts")).collector,
  },
  worker: {
    summary: "run the background worker alone",
    load: async () => (await import("./role.ts")).worker,
  },
  migrate: {
    summary: "bring the database to the newest schema",
    load: async () => (await import("./migrate.ts")).migrate,
  },
  "key create": {
    summary: "make an ingest or API key; its secret is shown once",
    load: async () => (await import("./key-create.ts")).keyCreate,
  },
  "key list": {
    summary: "show all keys, never their secrets",
    load: async () => (await import("./key-list.ts")).keyList,
  },
  "key rotate": {
    summary: "give a key a new secret; the old one works for some hours more",
    load: async () => (await import("./key-rotate.ts")).keyRotate,
  },
  "key revoke": {
    summary: "end a key at once",
    load: async () => (await import("./key-revoke.ts")).keyRevoke,
  },
  "user create": {
    summary: "let a person in, with a password that is shown once",
    load: async () => (await import("./user-create.ts")).userCreate,
  },
  "team create": {
    summary: "add a team",
    load: async () => (await import("./team-create.ts")).teamCreate,
  },
  "people import": {
    summary: "bring an HR export in: who works in which team from when to when",
    load: async () => (await import("./people-import.ts")).peopleImport,
  },
  "people export": {
    summary: "write that file",
    load: async () => (await import("./people-export.ts")).peopleExport,
  },
  "prices import": {
    summary: "record the prices of a file: ours, LiteLLM's or models.dev's",
    load: async () => (await import("./prices-import.ts")).pricesImport,
  },
  "prices list": {
    summary: "show the prices in force",
    load: async () => (await import("./prices-list.ts")).pricesList,
  },
  "prices check": {
    summary: "compare the shipped prices with the newest published ones",
    load: async () => (await import("./prices-check.ts")).pricesCheck,
  },
  "currency import": {
    summary: "record exchange rates of a file: the ECB's, or date,currency,rate",
    load: async () => (await import("./currency-import.ts")).currencyImport,
  },
  reprice: {
    summary: "show what today's prices change in a past period, and with --apply change it",
    load: async () => (await import("./reprice.ts")).reprice,
  },
  reallocate: {
    summary: "show what today's rules move in a past period, and with --apply move it",
    load: async () => (await import("./reallocate.ts")).reallocate,
  },
  verify: {
    summary: "add up and price the ledger again; shows every figure that differs",
    load: async () => (await import("./verify.ts")).verify,
  },
  forecast: {
    summary: "forecast histories from a file, as the benchmark scores them",
    load: async () => (await import("./forecast.ts")).forecast,
  },
  detect: {
    summary: "find the anomalies of series from a file, as the benchmark scores them",
    load: async () => (await import("./detect.ts")).detect,
  },
  import: {
    summary: "bring a provider's usage export into the ledger, whole or not at all",
    load: async () => (await import("./import.ts")).importFile,
  },
  demo: {
    summary: "load a sample organisation to look around in, or take it away",
    load: async () => (await import("./demo.ts")).demo,
  },
  "export focus": {
    summary: "write what a period cost as a FOCUS file",
    load: async () => (await import("./export-focus.ts")).exportFocusFile,
  },
  "export statement": {
    summary: "write the statements of all teams, closed months as they were closed",
    load: async () => (await import("./export-statement.ts")).exportStatement,
  },
  "export usage": {
    summary: "write usage as CSV, with the figures of the pages and the API",
    load: async () => (await import("./export-usage.ts")).exportUsage,
  },
};
