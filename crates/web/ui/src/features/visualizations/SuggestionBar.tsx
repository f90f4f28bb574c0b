// Charts that suit the chosen columns, each one press away.
import { t } from "../../text";
import { KindIcon } from "./pictures";
import type { Suggestion } from "./suggestions";

interface Props {
  suggestions: Suggestion[];
  isOfChosen: boolean;
  onTake: (suggestion: Suggestion) => void;
}

export function SuggestionBar({ suggestions, isOfChosen, onTake }: Props) {
  if (suggestions.length === 0) return null;
  return (
    <section className="suggestions" aria-label={t("builder.suggestions")}>
      <h2 className="builder-head">{isOfChosen ? t("builder.suggestions.chosen") : t("builder.suggestions")}</h2>
      <div className="suggestions-row">
        {suggestions.map((suggestion) => (
          <button key={suggestion.title} type="button" className="suggestion-card" onClick={() => onTake(suggestion)}>
            <KindIcon kind={suggestion.spec.kind} size={22} />
            <span>{suggestion.title}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
