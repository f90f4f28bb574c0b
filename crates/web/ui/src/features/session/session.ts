// Who is signed in: asked once, kept in the query cache, told anew whenever the person does something after a while.
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, body, type Schemas, setCsrfToken } from "../../api/client";
import { Problem } from "../../api/problems";

export type User = Schemas["User"];

/** Asking prolongs the session, so it is asked only after the person did something, and not oftener than this. */
const SIGN_OF_LIFE_MS = 5 * 60_000;

async function fetchSession(): Promise<User | null> {
  try {
    const session = await body(api.GET("/api/v1/auth/session"));
    setCsrfToken(session.csrf_token);
    return session.user;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
});

export function useUser(): User | null {
  return useQuery(sessionQuery).data ?? null;
}

/** Whether this person only looks: uploading, computing and changing are for analysts and administrators. */
export function useIsViewer(): boolean {
  return useUser()?.role === "viewer";
}

export async function signIn(name: string, password: string): Promise<User> {
  const login = name.includes("@") ? { email: name, password } : { username: name, password };
  const session = await body(api.POST("/api/v1/auth/session", { body: login }));
  setCsrfToken(session.csrf_token);
  return session.user;
}

export async function signOut(everywhere = false): Promise<void> {
  await body(everywhere ? api.DELETE("/api/v1/auth/sessions") : api.POST("/api/v1/auth/logout"));
  setCsrfToken("");
}

/** Tells the server from time to time that somebody is here. */
export function useSignsOfLife() {
  const queries = useQueryClient();
  useEffect(() => {
    let last = Date.now();
    const alive = () => {
      if (Date.now() - last < SIGN_OF_LIFE_MS) return;
      last = Date.now();
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    };
    window.addEventListener("pointerdown", alive);
    window.addEventListener("keydown", alive);
    return () => {
      window.removeEventListener("pointerdown", alive);
      window.removeEventListener("keydown", alive);
    };
  }, [queries]);
}
