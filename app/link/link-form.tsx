"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { followLinkAction } from "./actions.ts";

/** Asks for what the link needs: a password, and of a new person the name. */
export function LinkForm({
  token,
  purpose,
  email,
}: {
  readonly token: string;
  readonly purpose: "invitation" | "reset";
  readonly email: string;
}) {
  const t = useTranslations("Link");
  const [{ values = {}, errors = {}, message }, action, busy] = useActionState(
    followLinkAction,
    {},
  );
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <input type="hidden" name="token" value={token} />
      {/* Password managers file the password under it. */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      {purpose === "invitation" && (
        <TextField
          label={t("name")}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          defaultValue={values.name}
          error={errors.name}
        />
      )}
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        hint={t("passwordHint")}
        error={errors.password}
      />
      <Button type="submit" variant="primary" disabled={busy}>
        {t(`submit.${purpose}`)}
      </Button>
    </form>
  );
}
