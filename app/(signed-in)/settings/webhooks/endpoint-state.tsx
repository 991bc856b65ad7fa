import { CircleCheck, CirclePause, CircleX, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Endpoint } from "#lib/notifications/endpoint.ts";

/** On, failing or off; the icon and the words say it, not the colour alone. */
export function EndpointState({ endpoint }: { readonly endpoint: Endpoint }) {
  const t = useTranslations("Webhooks");
  const { Icon, look, words } = stateOf(endpoint);
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${look}`}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {t(`states.${words}`)}
    </span>
  );
}

function stateOf({ disabledAt, disabledBecause, failingSince }: Endpoint) {
  if (disabledAt !== null) {
    return disabledBecause === "by_hand"
      ? ({ Icon: CirclePause, look: "text-muted", words: "off" } as const)
      : ({ Icon: CircleX, look: "text-danger", words: "disabled" } as const);
  }
  return failingSince === null
    ? ({ Icon: CircleCheck, look: "text-text", words: "on" } as const)
    : ({ Icon: TriangleAlert, look: "text-warn", words: "failing" } as const);
}
