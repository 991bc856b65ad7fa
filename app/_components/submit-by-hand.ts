import { type FormEvent, startTransition } from "react";

/**
 * Sends a form to an action without handing the form over. React empties the
 * fields of a form whose action it calls itself, also those that a component
 * controls, which then show another value than they hold.
 */
export function submitByHand(
  action: (form: FormData) => void,
): (event: FormEvent<HTMLFormElement>) => void {
  return (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
}
