import { definePolicies } from "@medusajs/framework/utils"

/** Who may see and who may change, where the shop turned Medusa's role-based access control on. */
export default definePolicies([
  { name: "ReadForesight", resource: "foresight", operation: "read", description: "See forecasts, reorder advice, models and training runs" },
  { name: "UpdateForesight", resource: "foresight", operation: "update", description: "Change replenishment settings, start and cancel training runs" },
])
