"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { sendResetAction } from "./actions.ts";

export function ForgotForm() {
  const t = useTranslations("Forgot");
  const [{ done, message }, action, busy] = useActionState(sendResetAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <div role="status" className="empty:hidden">
        {done !== undefined && <Notice title={done} />}
      </div>
      <TextField label={t("email")} name="email" type="email" autoComplete="username" required />
      <Button type="submit" variant="primary" disabled={busy}>
        {t("submit")}
      </Button>
    </form>
  );
}
