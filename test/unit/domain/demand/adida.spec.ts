import { adidaLevels } from "../../../../src/domain/demand/adida"
import { behavesAsAMemberForGaps } from "../../../support/level-member-cases"

// ADIDA() of statsforecast 2.1.1
describe("adidaLevels()", () => behavesAsAMemberForGaps(adidaLevels, "best", [["intermittent", 0.92456], ["lumpy", 6.97558]]))
