"use client";

import { type ComponentProps, lazy } from "react";
import type { PopoverFrame } from "./popover-frame.tsx";
import { Popup } from "./popup.tsx";

const load = () => import("./popover-frame.tsx");
const Frame = lazy(() => load().then((file) => ({ default: file.PopoverFrame })));

/** A button and the panel that it opens below itself. */
export function Popover(props: ComponentProps<typeof PopoverFrame>) {
  return (
    <Popup kind="dialog" load={load} button={props.button}>
      <Frame {...props} />
    </Popup>
  );
}
