"use client";

import { createContext, useContext } from "react";

export type Sheet = "command" | "shortcuts";

export const Opener = createContext<(sheet: Sheet) => void>(() => {});

/** Opens the command menu or the sheet of shortcuts. */
export function useOpener(): (sheet: Sheet) => void {
  return useContext(Opener);
}
