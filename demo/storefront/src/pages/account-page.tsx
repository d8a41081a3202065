import { Failure } from "../components/notices"
import { useShop } from "../shop"
import { useCustomer, useLogIn, useLogOut } from "../use-customer"

/** Be one of the simulated shop's customers: the shelf "For you" then rests on years of orders. */
export function AccountPage() {
  const { config } = useShop()
  const { data: customer } = useCustomer()
  const logIn = useLogIn()
  const logOut = useLogOut()
  if (customer) {
    return (
      <>
        <h1>{[customer.first_name, customer.last_name].filter(Boolean).join(" ") || customer.email}</h1>
        <p>{customer.email}</p>
        <button type="button" onClick={() => logOut.mutate()} data-testid="log-out">
          Log out
        </button>
      </>
    )
  }
  return (
    <>
      <h1>Log in</h1>
      <p>This is a demo: be one of its customers.</p>
      <ul className="people">
        {config.logins.emails.map((email) => (
          <li key={email}>
            <button type="button" disabled={logIn.isPending} onClick={() => logIn.mutate(email)} data-testid="log-in">
              {email}
            </button>
          </li>
        ))}
      </ul>
      {logIn.isError && <Failure what="The login failed" error={logIn.error} />}
    </>
  )
}
