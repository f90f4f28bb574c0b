// "How is this computed": a small sign beside a number that opens what docs/methods.md says about it.
import { ActionIcon, Popover } from "@mantine/core";
import { IconMathFunction } from "@tabler/icons-react";
import { createContext, useContext } from "react";
import { t } from "../../text";
import { inline } from "./Markdown";
import { methodOf } from "./methods";
import { words } from "./results/values";

/** The kind whose figures are shown. */
export const KindContext = createContext("");

export function Explain({ figure }: { figure: string }) {
  const method = methodOf(useContext(KindContext), figure);
  if (!method) return null;
  return (
    <Popover width={360} position="bottom-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t("analysis.how", { figure: words(figure) })}>
          <IconMathFunction size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="explain" tabIndex={-1}>
        <strong>{words(figure)}</strong>
        <p>{inline(method.text)}</p>
        {method.more.map(({ head, text }) => (
          <p key={head}>
            <span className="explain-head">{inline(head)}</span> {inline(text)}
          </p>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
