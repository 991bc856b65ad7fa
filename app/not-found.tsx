import SignedInNotFound from "./(signed-in)/not-found.tsx";

/** An address that no page has, with or without somebody signed in. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <SignedInNotFound />
    </main>
  );
}
