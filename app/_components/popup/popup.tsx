"use client";

import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
  useTransition,
} from "react";

/** What opens when its button is pressed. */
export type PopupProps = { readonly button: ReactElement<ComponentProps<"button">> };

/**
 * A button that opens something whose code is large: the code is fetched when the
 * pointer or the focus comes near, and takes the button over from the first press
 * on. A page that nobody presses anything on does without it.
 */
export function Popup({
  kind,
  load,
  button,
  children,
}: PopupProps & {
  readonly kind: "dialog" | "menu";
  /** Asks for the code; more than once is harmless. */
  readonly load: () => Promise<unknown>;
  /** The button and what it opens, open from the beginning; rendered when it was pressed. */
  readonly children: ReactNode;
}) {
  const [isWanted, setWanted] = useState(false);
  const [isLoading, startTransition] = useTransition();
  const want = () => startTransition(() => setWanted(true));
  // What fails here fails again, and is told, when the button is pressed.
  const prepare = () => void load().catch(() => {});
  const hearArrows = (event: KeyboardEvent) => {
    if (kind !== "menu" || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    want();
  };
  const waiting = cloneElement(button, {
    "aria-haspopup": kind,
    "aria-expanded": false,
    "aria-busy": isLoading || undefined,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: want,
    onKeyDown: hearArrows,
  });
  return <Suspense fallback={waiting}>{isWanted ? children : waiting}</Suspense>;
}
