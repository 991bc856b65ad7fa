"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { EventType } from "#lib/notifications/event-types.ts";
import type { Format } from "#lib/notifications/formats/format.ts";
import { LANGUAGES } from "#lib/notifications/phrases/language.ts";
import { createWebhookAction, type NewWebhookState } from "../actions.ts";
import { ChoiceFields } from "./choice-fields.tsx";

const FORMATS: readonly Format[] = ["json", "slack", "teams", "pagerduty", "discord", "email"];

/** Adds a webhook; what signs its messages is shown this once. */
export function WebhookForm({
  teams,
  types,
  canMail,
}: {
  readonly teams: readonly TeamName[];
  readonly types: readonly EventType[];
  readonly canMail: boolean;
}) {
  const t = useTranslations("Webhooks");
  const locale = useLocale();
  const [format, setFormat] = useState<Format>("json");
  const [{ made, errors = {}, message }, action, busy] = useActionState(createWebhookAction, {});
  if (made !== undefined) return <MadePanel made={made} />;
  return (
    <Panel title={t("new")} note={t(`formatNotes.${format}`)}>
      <form onSubmit={submitByHand(action)} className="flex flex-col gap-4 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        {format === "email" && !canMail && <Notice tone="warn" title={t("noMail")} />}
        <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          <SelectField
            label={t("format")}
            name="format"
            value={format}
            onChange={({ target }) =>
              setFormat(FORMATS.find((each) => each === target.value) ?? "json")
            }
          >
            {FORMATS.map((each) => (
              <option key={each} value={each}>
                {t(`formats.${each}`)}
              </option>
            ))}
          </SelectField>
          <TextField label={t("name")} name="name" maxLength={120} error={errors.name} />
          <TargetField format={format} errors={errors} />
          {format !== "json" && (
            <SelectField label={t("language")} name="language" defaultValue={locale}>
              {LANGUAGES.map((each) => (
                <option key={each} value={each}>
                  {t(`languages.${each}`)}
                </option>
              ))}
            </SelectField>
          )}
          {format === "pagerduty" && (
            <TextField
              label={t("routingKey")}
              name="routing_key"
              required
              error={errors.routing_key}
              autoComplete="off"
            />
          )}
        </div>
        <ChoiceFields
          legend={t("events")}
          hint={t("eventsHint")}
          name="types"
          choices={types.map((type) => ({ value: type, label: type }))}
        />
        {teams.length > 0 && (
          <ChoiceFields
            legend={t("teams")}
            hint={t("teamsHint")}
            name="teams"
            choices={teams.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        )}
        <div>
          <Button type="submit" variant="primary" disabled={busy}>
            {t("make")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type Errors = NonNullable<NewWebhookState["errors"]>;

function TargetField({ format, errors }: { readonly format: Format; readonly errors: Errors }) {
  const t = useTranslations("Webhooks");
  if (format === "email") {
    return (
      <TextField
        label={t("to")}
        name="to"
        required
        hint={t("toHint")}
        error={errors.to}
        autoComplete="off"
      />
    );
  }
  const isPager = format === "pagerduty";
  return (
    <TextField
      key={format}
      label={t("url")}
      name="url"
      type="url"
      required={!isPager}
      placeholder={isPager ? "https://events.pagerduty.com/v2/enqueue" : "https://"}
      hint={t("urlHint")}
      error={errors.url}
      autoComplete="off"
    />
  );
}

function MadePanel({ made }: { readonly made: NonNullable<NewWebhookState["made"]> }) {
  const t = useTranslations("Webhooks");
  return (
    <Panel title={t("made")}>
      <div className="flex flex-col items-start gap-3 p-4">
        {made.secret !== null && (
          <SecretBox
            title={t("secretTitle")}
            hint={t("secretHint")}
            secret={made.secret}
            what={t("secret")}
          />
        )}
        <Link href={`/settings/webhooks/${made.id}`} className={buttonClass("primary")}>
          {t("goOn")}
        </Link>
      </div>
    </Panel>
  );
}
