"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { confirmSessionAction } from "./actions.ts";

export function ConfirmForm({ next }: { readonly next: string }) {
  const t = useTranslations("Confirm");
  const [{ errors = {}, message }, action, busy] = useActionState(confirmSessionAction, {});
  return (
    <form action={action} className="flex flex-col gap-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <input type="hidden" name="next" value={next} />
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={errors.password}
      />
      <Button type="submit" variant="primary" disabled={busy}>
        {t("confirm")}
      </Button>
    </form>
  );
}
