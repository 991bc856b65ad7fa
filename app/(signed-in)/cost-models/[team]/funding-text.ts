import type { useTranslations } from "next-intl";
import type { FundingRule } from "#lib/cost-model/funding.ts";

type Words = ReturnType<typeof useTranslations<"CostModels">>;

/** "openai gpt-5.5: credits". */
export function fundingText({ provider, model, source }: FundingRule, t: Words): string {
  const usage = [provider ?? t("anyProvider"), model].filter((text) => text !== null).join(" ");
  return `${usage}: ${t(`sources.${source}`)}`;
}
