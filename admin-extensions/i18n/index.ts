import de from "./de.json"
import en from "./en.json"

/** Texts by the dashboard's language codes; English fills in for the others. */
export default { en: { foresight: en }, de: { foresight: de } }
