import { crostonLevels } from "../../../../src/domain/demand/croston"
import { behavesAsAMemberForGaps } from "../../../support/level-member-cases"

// CrostonClassic() of statsforecast 2.1.1
describe("crostonLevels()", () => behavesAsAMemberForGaps(crostonLevels, "fixed", [["intermittent", 1.06839], ["lumpy", 7.15676]]))
