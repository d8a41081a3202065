import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createCustomersWorkflow, createUsersWorkflow, setAuthAppMetadataWorkflow } from "@medusajs/medusa/core-flows"
import { batches, tellProgress, type ShopFile } from "./shop-file"

/** Customers a workflow run. */
const BATCH = 500

/** Gives somebody a password; an identity that is there already is kept. */
async function letLogIn(container: MedusaContainer, actorType: "user" | "customer", id: string, { email, password }: { email: string; password: string }): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  const { success, authIdentity, error } = await auth.register("emailpass", { body: { email, password } })
  if (!success || !authIdentity) {
    if (/exist/i.test(String(error))) return
    throw new Error(`${email} cannot be given a password: ${String(error)}`)
  }
  await setAuthAppMetadataWorkflow(container).run({ input: { authIdentityId: authIdentity.id, actorType, value: id } })
}

/** The admin's user, customers, and passwords for those who log in. */
export async function setUpPeople(container: MedusaContainer, shop: ShopFile): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: users } = await query.graph({ entity: "user", fields: ["id"], filters: { email: shop.admin.email } })
  let userId = (users[0] as { id: string } | undefined)?.id
  if (!userId) {
    const { result } = await createUsersWorkflow(container).run({ input: { users: [{ email: shop.admin.email, first_name: "Ada", last_name: "Admin" }] } })
    userId = (result[0] as { id: string }).id
  }
  await letLogIn(container, "user", userId, shop.admin)

  const { data: present } = await query.graph({ entity: "customer", fields: ["id", "email"] })
  const ids = new Map((present as { email: string; id: string }[]).map(({ email, id }) => [email, id]))
  const logins = new Set(shop.logins)
  const missing = shop.customers.filter(({ email }) => !ids.has(email))
  let made = shop.customers.length - missing.length
  for (const batch of batches(missing, BATCH)) {
    // An id of the old shop is kept where the file names one, so that imported lines find their customer.
    const customersData = batch.map(({ id, email, firstName, lastName }) => ({ ...(id && { id }), email, first_name: firstName, last_name: lastName, has_account: logins.has(email) }))
    const { result } = await createCustomersWorkflow(container).run({ input: { customersData } })
    for (const { email, id } of result) ids.set(email, id)
    made += batch.length
    tellProgress(`customers ${made} of ${shop.customers.length}`)
  }
  for (const email of shop.logins) await letLogIn(container, "customer", ids.get(email) as string, { email, password: shop.customerPassword })
}
