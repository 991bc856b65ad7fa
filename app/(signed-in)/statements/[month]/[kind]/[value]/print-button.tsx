"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";

/** Prints the statement, or saves it as PDF. */
export function PrintButton() {
  const t = useTranslations("Statements");
  return (
    <Button onClick={() => window.print()}>
      <Printer className="size-4 text-muted" aria-hidden />
      {t("print")}
    </Button>
  );
}
