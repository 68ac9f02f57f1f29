import { LocationProvider } from "preact-iso/router";
import { Guard } from "./Guard.tsx";
import { Pushed } from "./Pushed.tsx";
import { Shell } from "./Shell.tsx";

/** The whole page. */
export function App() {
  return (
    <LocationProvider>
      <Pushed />
      <Guard>
        <Shell />
      </Guard>
    </LocationProvider>
  );
}
