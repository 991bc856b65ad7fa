"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect } from "react";
import { Button } from "#app/_components/button.tsx";
import { CopyButton } from "#app/_components/copy-button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { createIngestKeyAction } from "./actions.ts";

export type NewKey = { readonly id: string; readonly secret: string };

/** Makes an ingest key and shows its secret this once. */
export function KeyStep({
  teams,
  created,
  onCreated,
}: {
  readonly teams: readonly TeamName[];
  readonly created: NewKey | null;
  readonly onCreated: (key: NewKey) => void;
}) {
  const t = useTranslations("Connect");
  const [state, action, busy] = useActionState(createIngestKeyAction, {});
  const { key } = state;
  useEffect(() => {
    if (key !== undefined) onCreated(key);
  }, [key, onCreated]);
  if (created !== null) {
    return (
      <Panel title={t("key")} note={t("shownOnce")}>
        <div className="flex flex-wrap items-center gap-3 p-4">
          <code className="min-w-0 break-all rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">
            {created.secret}
          </code>
          <CopyButton text={created.secret} what={t("key")} />
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={t("key")} note={t("keyNote")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        {state.message !== undefined && <Notice tone="danger" title={state.message} />}
        <div className="grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-start">
          <TextField
            label={t("label")}
            name="label"
            maxLength={80}
            placeholder={t("labelExample")}
          />
          <SelectField label={t("team")} name="team" hint={t("teamHint")}>
            <option value="">{t("noTeam")}</option>
            {teams.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button type="submit" variant="primary" disabled={busy} className="sm:mt-6.5">
            {t("create")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
