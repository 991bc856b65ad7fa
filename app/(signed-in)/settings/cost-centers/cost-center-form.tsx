"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { nameCostCenterAction } from "./actions.ts";

/** Says what a cost centre is called. */
export function CostCenterForm({ codes }: { readonly codes: readonly string[] }) {
  const t = useTranslations("CostCenters");
  const [state, action, busy] = useActionState(nameCostCenterAction, {});
  const { values = {}, message, done } = state;
  return (
    <Panel title={t("describe")} note={t("describeNote")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <datalist id="cost-center-codes">
          {codes.map((code) => (
            <option key={code} value={code} />
          ))}
        </datalist>
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label={t("code")}
            name="code"
            required
            maxLength={120}
            list="cost-center-codes"
            defaultValue={values.code}
          />
          <TextField label={t("name")} name="name" maxLength={120} defaultValue={values.name} />
          <TextField
            label={t("owner")}
            name="owner"
            type="email"
            maxLength={254}
            defaultValue={values.owner}
          />
        </div>
        <FormEnd busy={busy} done={done}>
          {t("save")}
        </FormEnd>
      </form>
    </Panel>
  );
}
