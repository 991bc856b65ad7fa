"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CopyButton } from "#app/_components/copy-button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import {
  confirmFactorAction,
  type NewFactor,
  removeFactorAction,
  startFactorAction,
} from "./actions.ts";

/** Sets up an authenticator app, or takes it away. */
export function SecondFactor({ isOn }: { readonly isOn: boolean }) {
  const t = useTranslations("OwnAccount");
  const [started, start, starting] = useActionState(startFactorAction, {});
  const [removed, remove, removing] = useActionState(removeFactorAction, {});
  const state = isOn ? removed : started;
  return (
    <Panel title={t("factor")} note={t(isOn ? "factorIsOn" : "factorIsOff")}>
      <div className="flex flex-col gap-4 p-4">
        {state.message !== undefined && <Notice tone="danger" title={state.message} />}
        {!isOn && started.factor !== undefined ? (
          <Confirm factor={started.factor} />
        ) : (
          <form action={isOn ? remove : start} className="flex max-w-sm flex-col gap-3">
            <TextField
              label={t("password")}
              name="password"
              type="password"
              autoComplete="current-password"
              required
              error={state.errors?.password}
            />
            <div>
              <Button
                type="submit"
                variant={isOn ? "danger" : "primary"}
                disabled={starting || removing}
              >
                {t(isOn ? "removeFactor" : "startFactor")}
              </Button>
            </div>
          </form>
        )}
      </div>
    </Panel>
  );
}

function Confirm({ factor }: { readonly factor: NewFactor }) {
  const t = useTranslations("OwnAccount");
  const [{ errors = {} }, action, busy] = useActionState(confirmFactorAction, {});
  const { picture, secret, backupCodes } = factor;
  return (
    <div className="grid gap-6 md:grid-cols-[auto_minmax(0,1fr)]">
      {/* biome-ignore lint/performance/noImgElement: a data URL of a few kilobytes */}
      <img
        src={`data:image/svg+xml;base64,${picture}`}
        alt={t("scan")}
        className="size-44 rounded-md border border-line bg-white p-2"
      />
      <div className="flex min-w-0 flex-col gap-4">
        <p className="text-muted">
          {t("scanHint")} <code className="break-all font-mono text-text text-xs">{secret}</code>{" "}
          <CopyButton text={secret} what={t("secret")} />
        </p>
        <div>
          <p className="font-medium">{t("backupCodes")}</p>
          <p className="text-muted text-xs">{t("backupHint")}</p>
          <ul className="mt-2 grid grid-cols-2 gap-x-6 font-mono text-xs sm:grid-cols-5">
            {backupCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyButton text={backupCodes.join("\n")} what={t("backupCodes")} />
        </div>
        <form action={action} className="flex max-w-sm flex-col gap-3">
          <TextField
            label={t("code")}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={10}
            error={errors.code}
          />
          <div>
            <Button type="submit" variant="primary" disabled={busy}>
              {t("confirm")}
            </Button>
          </div>
        </form>
      </div>
    </div>
  );
}
