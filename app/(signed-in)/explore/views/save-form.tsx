"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { saveViewAction, type ViewResult } from "./actions.ts";

/** Keeps what the page asks now under a name. */
export function SaveForm({ query }: { readonly query: string }) {
  const t = useTranslations("Views");
  const [result, setResult] = useState<ViewResult>("done");
  const [pending, startTransition] = useTransition();
  const isTaken = result === "taken";
  return (
    <form
      className="flex flex-col gap-2.5 border-line border-t p-3 first:border-t-0 [p+&]:border-t-0"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const input = { name: form.get("name"), query, isShared: form.get("share") === "1" };
        startTransition(async () => setResult(await saveViewAction(input, isTaken)));
      }}
    >
      <TextField
        label={t("name")}
        name="name"
        required
        maxLength={80}
        autoComplete="off"
        error={result === "done" ? undefined : t(`results.${result}`)}
        onChange={() => setResult("done")}
      />
      <label className="flex items-center gap-2">
        <input type="checkbox" name="share" value="1" className="size-4 accent-(--action)" />
        {t("share")}
      </label>
      <Button type="submit" variant="primary" disabled={pending}>
        {t(isTaken ? "replace" : "save")}
      </Button>
    </form>
  );
}
