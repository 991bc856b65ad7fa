"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import type { FormState } from "#app/_server/form-state.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { bookEntryAction } from "./actions.ts";

const KINDS = ["credit", "charge", "move", "write_off"] as const;

/** Books an entry by hand. Sent twice it is booked once: the form knows its booking. */
export function EntryForm({
  months,
  teams,
}: {
  readonly months: readonly string[];
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Journal");
  const [state, send, isSending] = useActionState(bookEntryAction, {});
  const [kind, setKind] = useState<string>("credit");
  const [booking, setBooking] = useState("");
  const { values = {}, errors = {}, message, done } = state;
  // A new one on the page, and after each booking.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state changes with every answer
  useEffect(() => {
    if (message === undefined && Object.keys(errors).length === 0) setBooking(crypto.randomUUID());
  }, [state]);
  return (
    <form action={send} className="flex flex-col gap-3 p-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <input type="hidden" name="booking" value={booking} />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <SelectField
          label={t("kind")}
          name="kind"
          value={kind}
          hint={t(`kindHints.${kind}`)}
          onChange={(event) => setKind(event.target.value)}
        >
          {KINDS.map((name) => (
            <option key={name} value={name}>
              {t(`reasons.${name}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("month")} name="month" defaultValue={values.month ?? months[0]}>
          {months.map((month) => (
            <option key={month} value={month}>
              {month}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t(kind === "move" ? "fromTeam" : "team")}
          name="team"
          defaultValue={values.team}
          error={errors.team}
        >
          <TeamOptions teams={teams} />
        </SelectField>
        {kind === "move" && (
          <SelectField
            label={t("toTeam")}
            name="to_team"
            defaultValue={values.to_team}
            error={errors.to_team}
          >
            <TeamOptions teams={teams} />
          </SelectField>
        )}
        <TextField
          label={t("amount")}
          name="amount"
          required
          inputMode="decimal"
          pattern="\d{1,15}(\.\d{1,18})?"
          placeholder="120.50"
          defaultValue={values.amount}
          error={errors.amount}
        />
      </div>
      <WhyFields values={values} errors={errors} />
      <FormEnd busy={isSending || booking === ""} done={done}>
        {t("book")}
      </FormEnd>
    </form>
  );
}

/** Without a reason and a document nothing is booked. */
function WhyFields({ values = {}, errors = {} }: Pick<FormState, "values" | "errors">) {
  const t = useTranslations("Journal");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t("why")}
        name="note"
        required
        maxLength={500}
        defaultValue={values.note}
        error={errors.note}
      />
      <TextField
        label={t("reference")}
        name="reference"
        required
        maxLength={200}
        hint={t("referenceHint")}
        defaultValue={values.reference}
        error={errors.reference}
      />
    </div>
  );
}

function TeamOptions({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("Journal");
  return [...teams, { slug: UNALLOCATED, name: t("unallocated") }].map(({ slug, name }) => (
    <option key={slug} value={slug}>
      {name}
    </option>
  ));
}
