import { imapaLevels } from "../../../../src/domain/demand/imapa"
import { behavesAsAMemberForGaps } from "../../../support/level-member-cases"

// IMAPA() of statsforecast 2.1.1
describe("imapaLevels()", () => behavesAsAMemberForGaps(imapaLevels, "best", [["intermittent", 0.92717], ["lumpy", 5.87999]]))
