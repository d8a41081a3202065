import { Initial1763769600000 } from "./1763769600000-initial"

/** All migrations, oldest first; listed by hand, so that the bundle and the tests run the same ones. */
export const migrations = [Initial1763769600000]
