// The name of an account by its id; the id itself where the account is gone.
import { useQuery } from "@tanstack/react-query";
import { userQuery } from "./queries";

export function UserName({ id }: { id: string }) {
  const user = useQuery({ ...userQuery(id), retry: false }).data;
  return user ? <span title={user.email}>{user.username}</span> : <span className="mono">{id.slice(0, 8)}</span>;
}
