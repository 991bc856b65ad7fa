import { fileURLToPath } from "node:url";

/** The project's directory, wherever the command is called from. */
export const PROJECT_ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The main files of the processes. They are started, never imported: lib knows
 * neither the pages nor the collector.
 */
export const MAIN_FILES = {
  web: fileURLToPath(new URL("../../app/_server/main.ts", import.meta.url)),
  collector: fileURLToPath(new URL("../../collector/main.ts", import.meta.url)),
  worker: fileURLToPath(new URL("../jobs/main.ts", import.meta.url)),
} as const;

export type Role = keyof typeof MAIN_FILES;
export const ROLES = Object.keys(MAIN_FILES) as readonly Role[];
