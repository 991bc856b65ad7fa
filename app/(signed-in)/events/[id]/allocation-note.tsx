import { useTranslations } from "next-intl";
import { Facts } from "#app/_components/facts.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import type { ReceiptRule } from "#lib/reports/receipt.ts";

/** Whom the event was given to, by which rule, and the attributes that rules can look at. */
export function AllocationNote({
  event,
  rule,
}: {
  readonly event: LedgerEvent;
  readonly rule: ReceiptRule | null;
}) {
  const t = useTranslations("Receipt");
  const attributes = Object.entries(event.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <div className="flex flex-col gap-5">
      <Panel title={t("allocation")}>
        <Facts
          facts={[
            [t("facts.team"), event.team],
            [t("facts.costCenter"), event.costCenter],
            [t("facts.project"), event.project],
            [t("facts.environment"), event.environment],
            [t("facts.agent"), event.agent],
            [t("facts.workflow"), event.workflow],
            [t("facts.rule"), rule === null ? t("noRule") : rule.name || rule.id],
          ]}
        />
      </Panel>
      {attributes.length > 0 && (
        <Panel title={t("attributes")}>
          <Facts facts={attributes.map(([name, value]) => [name, String(value)])} />
        </Panel>
      )}
    </div>
  );
}
