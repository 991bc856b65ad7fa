"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { changePasswordAction } from "./actions.ts";

/** Changes the own password; the fields are emptied after each attempt. */
export function PasswordForm() {
  const t = useTranslations("OwnAccount");
  const [{ errors = {}, message, done }, action, busy] = useActionState(changePasswordAction, {});
  return (
    <Panel title={t("changePassword")} note={t("changePasswordNote")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <div role="status" className="empty:hidden">
          {done !== undefined && <Notice title={done} />}
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("currentPassword")}
            name="current"
            type="password"
            autoComplete="current-password"
            required
            error={errors.current}
          />
          <TextField
            label={t("newPassword")}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            maxLength={128}
            error={errors.password}
          />
        </div>
        <div>
          <Button type="submit" disabled={busy}>
            {t("changePassword")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
