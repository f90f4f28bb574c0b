// The rail: where one can go. On a phone it lies at the bottom.
import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import {
  IconChartBar,
  IconChartHistogram,
  IconDatabase,
  IconHome,
  IconListCheck,
  IconMoon,
  IconSearch,
  IconShield,
  IconUser,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { JobsDoor } from "../features/jobs/JobsDoor";
import { useUser } from "../features/session/session";
import { t } from "../text";
import { openPalette } from "./PaletteDoor";
import { useIsDark } from "./useIsDark";

export const PLACES = [
  { to: "/", label: t("place.home"), Icon: IconHome, key: "h", adminOnly: false },
  { to: "/datasets", label: t("place.datasets"), Icon: IconDatabase, key: "d", adminOnly: false },
  { to: "/analysis", label: t("place.analysis"), Icon: IconChartHistogram, key: "a", adminOnly: false },
  { to: "/charts", label: t("place.charts"), Icon: IconChartBar, key: "c", adminOnly: false },
  { to: "/jobs", label: t("place.jobs"), Icon: IconListCheck, key: "j", adminOnly: false },
  { to: "/admin", label: t("place.admin"), Icon: IconShield, key: "m", adminOnly: true },
] as const;

export function Rail() {
  const user = useUser();
  return (
    <nav className="rail" aria-label={t("app.name")}>
      <Link to="/" className="rail-name">
        Plotline.
      </Link>
      {PLACES.filter((place) => !place.adminOnly || user?.role === "admin").map(({ to, label, Icon }) => (
        <Link key={to} to={to} className="place" activeOptions={{ exact: to === "/" }}>
          <Icon size={18} aria-hidden />
          {label}
        </Link>
      ))}
      <div className="rail-foot">
        <Tools />
        <Account />
      </div>
    </nav>
  );
}

/** Jobs, the palette, light or dark: in the rail, on a phone above the page. */
export function Tools() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useIsDark();
  return (
    <div className="rail-tools">
      <JobsDoor />
      <ActionIcon variant="subtle" color="gray" aria-label={t("app.search")} onClick={openPalette}>
        <IconSearch size={18} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("app.theme")}
        onClick={() => setColorScheme(isDark ? "light" : "dark")}
      >
        <IconMoon size={18} />
      </ActionIcon>
    </div>
  );
}

function Account() {
  const user = useUser();
  return (
    <Link to="/profile" className="place" aria-label={`${t("profile.title")}: ${user?.username ?? ""}`}>
      <IconUser size={18} aria-hidden />
      <span className="rail-user">{user?.username}</span>
    </Link>
  );
}
