// Generated from docs/openapi.json by `npm run schema`. Do not edit.

export interface paths {
    "/api/v1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where things are
         * @description Version of the server, and the addresses of its documentation and health.
         */
        get: operations["api_root"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log
         * @description One page, the newest first. Events are only ever added, and none holds a secret.
         */
        get: operations["admin_audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody's jobs
         * @description One page, the newest first; `lanes` tells how many executions are queued in each lane and for how long the oldest
         *     has been.
         */
        get: operations["admin_job_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try many dead jobs again
         * @description The newest dead jobs that fit, at most `limit`, wait for a worker again under their ids. `retried` names them; call
         *     again for more.
         */
        post: operations["admin_jobs_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Anybody's job, with its errors
         * @description `errors` holds every attempt of its work that did not succeed, the first one first.
         */
        get: operations["admin_job_fetch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try anybody's dead job again
         * @description The same job, under the same id, waits for a worker again. Only one that failed for good.
         */
        post: operations["admin_job_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All accounts
         * @description One page, the oldest first.
         */
        get: operations["admin_user_list"];
        put?: never;
        /**
         * Make an account
         * @description Of any role; hand the password over by a safe way. Recorded in the audit log.
         */
        post: operations["admin_user_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One account
         * @description Whoever it belongs to.
         */
        get: operations["admin_user_fetch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description Its role, or whether it is shut out: then its sessions, its tokens and its event streams end within two seconds in
         *     every process; jobs that it started go on. 409 for the last administrator who can sign in. Recorded in the audit log.
         */
        patch: operations["admin_user_update"];
        trace?: never;
    };
    "/api/v1/admin/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The live workers
         * @description Those that told of themselves within the last minute, the oldest first.
         */
        get: operations["admin_worker_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Comparison of samples
         * @description Tests whether samples differ: t-test (Student, Welch, paired), Mann–Whitney, one-way analysis of variance, Kruskal–Wallis, chi-square and Fisher's exact test, each with its effect sizes, intervals and what it assumes.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `compare`. Samples are the groups of `value` by `by` (ascending, or those named in `groups`), or the columns in `columns`. Missing cells, NaN and
         *     infinities are left out: of a pair both, otherwise each by itself; `rows_left_out` counts them. A sample without values, and
         *     figures that are not defined (t of constants), give null with a note. Below, samples have *nᵢ* values, mean *mᵢ*, variance *sᵢ*² (*nᵢ* − 1), *k* is their number, *n* the total.
         *
         *     | test | statistic | p-value |
         *     | --- | --- | --- |
         *     | `student` | *t* = (*m*₁ − *m*₂) / √(*s*²(1/*n*₁ + 1/*n*₂)), *s*² = (SS₁ + SS₂)/(*n* − 2) | t, *n* − 2 degrees of freedom |
         *     | `welch` | *t* = (*m*₁ − *m*₂) / √(*s*₁²/*n*₁ + *s*₂²/*n*₂) | t, degrees of freedom by Welch and Satterthwaite |
         *     | `paired` | *t* = mean / (deviation/√*n*) of the differences first − second | t, *n* − 1 |
         *     | `mann_whitney` | *U* = rank sum of the first sample − *n*₁(*n*₁ + 1)/2 | exact, or normal with tie correction and, unless `correction` is false, 0.5 for continuity |
         *     | `anova` | *F* = (SS between/(*k* − 1)) / (SS within/(*n* − *k*)) | F |
         *     | `kruskal_wallis` | *H* = 12/(*n*(*n* + 1)) Σ *nᵢ*(mean rank − (*n* + 1)/2)², over 1 − Σ(*t*³ − *t*)/(*n*³ − *n*) | chi-square, *k* − 1 |
         *     | `chi_square` | Σ (observed − expected)²/expected; in a 2 × 2 table differences are lessened by 0.5 (Yates), or by themselves if smaller, unless `correction` is false | chi-square, (rows − 1)(columns − 1) |
         *     | `fisher_exact` | none | sum over tables with the same margins: as extreme (one side), or no likelier than the one seen (two sides) |
         *
         *     | figure | definition |
         *     | --- | --- |
         *     | `rows`, `rows_left_out` | rows of which a value is used; those of which none is |
         *     | `statistic`, `degrees_of_freedom`, `p_value` | those of the test, by the table above; the p-value is the chance of a statistic at least as extreme if the samples do not differ |
         *     | `count`, `mean`, `median`, `std` | of each sample, as in the column summaries |
         *     | `mean_rank` | the mean of a sample's ranks among the values of all samples |
         *     | `estimate` | the difference of the means, first − second, with `low` and `high` of its interval by *t* for `confidence` |
         *     | `cohens_d`, `cohens_d_z` | (*m*₁ − *m*₂) over the pooled deviation; the mean of the differences over their deviation |
         *     | `hedges_g`, `hedges_g_z` | *d* Γ(ν/2)/(√(ν/2) Γ((ν − 1)/2)), ν the degrees of freedom: *d* without its bias |
         *     | `rank_biserial`, `share_of_pairs_larger` | 2*U*\/(*n*₁*n*₂) − 1; the share of pairs in which the first is larger, ties half |
         *     | `eta_squared`, `omega_squared` | SS between/SS total; (SS between − (*k* − 1) MS within)/(SS total + MS within) |
         *     | `epsilon_squared` | *H*\/(*n* − 1) |
         *     | `cramers_v` | √(χ²/(*n*(min(rows, columns) − 1))), χ² without Yates |
         *     | `odds_ratio` | *ad*\/*bc* of a 2 × 2 table, with Woolf's interval |
         *     | `between_squares`, `within_squares`, `total_squares` | Σ *nᵢ*(*mᵢ* − mean)², Σ(*x* − *mᵢ*)², and their sum |
         *     | `between_mean_square`, `within_mean_square` | these over *k* − 1 and over *n* − *k* |
         *     | `observed`, `expected`, `adjusted_residuals` | counts; row total · column total/*n*; (observed − expected)/√(expected (1 − row share)(1 − column share)) |
         *
         *     - *Alternatives.* `greater`: the first sample tends to be larger (of Fisher's test: the odds ratio exceeds 1). Intervals are then one-sided, their open end null.
         *     - *Exact Mann–Whitney.* `auto` takes it if a sample has at most eight values, no two values are equal, and there are at most 10,000 pairs. Equal values share the mean of their ranks.
         *     - *Effect sizes* are null where they divide by 0; the odds ratio has no interval if a cell is empty.
         *     - *Assumptions* are listed with each answer: independence cannot be seen in figures; normality is looked at by Jarque–Bera (least p-value of the samples; samples of 30 or more
         *       are large enough), equal variances by Brown–Forsythe, expected counts by Cochran's rule. They warn; they do not choose the test.
         *     - *Computation.* Means and deviations carry their rounding error; extreme values are scaled by a power of two. Tails are computed each by itself, so that small
         *       p-values keep their digits (continued fraction of Didonato and Morris for t and F; Loader's saddle-point form for binomial and Poisson terms).
         *     - *Accuracy.* SciPy 1.17 to 1e-9. NIST's analyses of variance: at least 12 digits of *F* on SiRstv and SmLs01–03, 10 on SmLs04–06, 9 on AtmWtAg, 4 on SmLs07–09, which is all that floats keep of
         *       1000000000000.4; of the data as floats, *F* is right to 12 digits everywhere.
         *     - *Edges.* All values equal: Mann–Whitney has p = 1, *H*, *t* and *F* are null. Values that differ between samples only: *F* is infinite, hence null, and p is 0. At most
         *       1,000 groups, and 200 categories in each column of a table.
         *     - *Sources.* Student 1908; Welch 1947; Satterthwaite 1946; Mann and Whitney 1947; Kruskal and Wallis 1952; Pearson 1900; Yates 1934; Fisher 1935; Cochran 1954; Brown and Forsythe 1974; Hedges 1981;
         *       Hays 1963; Cramér 1946; Woolf 1955; Didonato and Morris 1992; Loader 2000; conventions as in SciPy.
         */
        post: operations["analysis_compare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/correlation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correlation
         * @description Pearson, Spearman, Kendall tau-b and point-biserial correlation, Cramér's V and mutual information of every pair of columns, with n, p-value (corrected for many tests on request) and confidence interval; partial correlation; which cells are missing together.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `correlation` relates every pair of the columns that suit a method. *n* is the number of rows of the pair: with `cases: pairwise`
         *     those in which both cells hold a finite value, with `complete` those in which all columns of the method do. Rows that the filter drops do not count.
         *     Integers beyond 2^53 and decimals are taken as the nearest floats. A column that does not vary has no coefficient.
         *
         *     | method | value | p-value (two-sided) | interval |
         *     | --- | --- | --- | --- |
         *     | `pearson` | Σ(*x* − *x̄*)(*y* − *ȳ*) / √(Σ(*x* − *x̄*)² Σ(*y* − *ȳ*)²) | t = r √((*n* − 2) / (1 − r²)) with *n* − 2 degrees of freedom; 1 for *n* = 2 | Fisher: tanh(artanh r ± z / √(*n* − 3)); −1 to 1 for *n* = 3 |
         *     | `spearman` | Pearson's coefficient of the ranks; equal values share the mean of their ranks | as Pearson | with √((1 + r²/2) / (*n* − 3)) (Bonett and Wright 2000) |
         *     | `kendall` | τ-b: (concordant − discordant) / √((pairs − ties in *x*)(pairs − ties in *y*)) | exact without ties for *n* ≤ 33 or at most one discordant (or concordant) pair; otherwise normal, with the variance for ties (Kendall 1970) | with √(0.437 / (*n* − 4)) (Fieller, Hartley and Pearson 1957) |
         *     | `point_biserial` | Pearson's coefficient of a number and a column of two values, coded 0 and 1; `positive` tells which is 1 | as Pearson | as Pearson |
         *     | `cramers_v` | √(χ² / (*n* (min(rows, columns) − 1))), χ² without continuity correction | χ² with (rows − 1)(columns − 1) degrees of freedom | none |
         *     | `mutual_information` | Σ *p*ᵢⱼ ln(*p*ᵢⱼ / (*p*ᵢ *p*ⱼ)), in nats | G = 2 *n* · value, χ² distributed | none |
         *     | `missing` | Pearson's coefficient of "is missing" (φ), for columns with missing cells; `patterns` counts which are missing together | as Pearson | as Pearson |
         *
         *     | figure | definition | null or edge |
         *     | --- | --- | --- |
         *     | `value`, `matrix` | the coefficient, by the table above; the diagonal is 1 (for mutual information the entropy) | a column that does not vary, *n* < 2 |
         *     | `n`, `rows` | rows of the pair that count; rows that the filter keeps | |
         *     | `statistic`, `df` | what the p-value is read from: t, z, χ² or G, and its degrees of freedom | exact p-values have none |
         *     | `p_value`, `p_adjusted` | the chance of a coefficient at least as far from 0 if there is no dependence; the same corrected for all pairs of the method | as the value |
         *     | `corrected` | Cramér's V with the bias correction of Bergsma (2013); mutual information as a share of the mean of both entropies | the other methods |
         *     | `ci_low`, `ci_high` | the interval of the coefficient for `confidence`, by the table above | *n* ≤ 3 (Kendall 4) |
         *
         *     - *Partial correlation.* With `control`, Pearson and Spearman are those of what a regression on the controls (on their ranks) leaves of each column,
         *       over complete rows; t has *n* − 2 − *k* degrees of freedom for *k* independent controls. Controls that follow from others count once.
         *     - *Many tests.* `correction` adjusts the p-values of one method together: Bonferroni, Holm (1979), or Benjamini and Hochberg (1995).
         *     - *Assumptions.* The p-values of Pearson and point-biserial assume normal residuals, those of χ² and G expected counts of about 5 or more. All assume
         *       independent rows. With large *n* the smallest dependence is significant: look at the value.
         *     - *Computation.* Columns are centred and scaled by powers of two before products are summed in blocks, so extreme magnitudes neither overflow nor vanish.
         *       Ranks come from one radix sort a column; Kendall counts inversions while it merges (Knight 1966), in *n* log *n* steps.
         *     - *Sources.* Those named, and Kendall and Gibbons 1990. Equal to SciPy 1.17 (`pearsonr`, `spearmanr`, `kendalltau`, `pointbiserialr`, `contingency.association`,
         *       `chi2_contingency`) and statsmodels 0.15 (`multipletests`) to 1e-9 on real tables: `scripts/golden/statistics.py`.
         */
        post: operations["analysis_correlation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/descriptive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Descriptive statistics
         * @description Count, nulls, mean with its confidence interval, median, mode, deviation, extremes, quartiles and chosen percentiles of nine types, skewness, kurtosis, sum, trimmed, geometric and harmonic mean, median absolute deviation, entropy, Gini coefficient, distinct and top values of each column; text, boolean and date columns get theirs. With weights, a filter and by groups on request.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `descriptive` has the same summaries for the columns asked for; it has no histograms, looks and notes.
         *
         *     - *From the profile.* A request for the profile's percentiles (5, 25, 50, 75, 95), at most 10 top values, and nothing else is answered from the stored profile, in milliseconds and
         *       with `source: "profile"`; the figures are the same (with those of [long columns](#long-columns)). `exact: true` computes them all the same.
         *     - *Quantiles.* `quantiles` chooses one of the nine types of Hyndman and Fan (1996) for median, quartiles, percentiles and what rests on them, by NumPy's names: `inverted_cdf` (1),
         *       `averaged_inverted_cdf` (2), `closest_observation` (3), `interpolated_inverted_cdf` (4), `hazen` (5), `weibull` (6), `linear` (7), `median_unbiased` (8), `normal_unbiased` (9).
         *     - *Filter.* Only rows that satisfy all conditions count. A missing cell satisfies `is_null` alone.
         *     - *Groups.* `by` divides the rows by the values of up to three columns, at most 1,000 groups, in order of their keys; missing ones form a group of their own, the last.
         *     - *Weights.* Numeric columns get `weighted`: over rows with a finite value and a weight above 0, the mean Σ*wx*\/Σ*w*; the deviation √(Σ*w*(*x* − mean)² / (Σ*w* − Σ*w*²/Σ*w*)), which does not change when all
         *       weights are multiplied; Kish's effective count (Σ*w*)²/Σ*w*²; and quantiles by the inverted distribution function, as NumPy's `quantile(…, weights=…, method="inverted_cdf")`. A weight below 0 ends the job with its row.
         *
         *     | figure | definition | null or edge |
         *     | --- | --- | --- |
         *     | `rows` | rows that the filter keeps; of a group those in it | |
         *     | `non_finite`, `nan`, `positive_infinity`, `negative_infinity` | how many cells are NaN, +∞ and −∞ | |
         *     | `least_positive` | the smallest value above 0 | none is |
         *     | `sum_of_weights`, `effective_count` | Σ*w*; (Σ*w*)²/Σ*w*² (Kish) | |
         *     | `true`, `false` | cells that are so | |
         *     | `share_true` | true / (true + false) | no value |
         *     | `empty`, `padded` | texts without a character; texts that begin or end with blanks | |
         *     | `min_length`, `max_length`, `mean_length`, `median_length`, `std_length` | of the lengths of all cells in Unicode scalar values, the deviation with *n* − 1 | no text |
         *     | `range_seconds`, `median_gap_seconds`, `longest_gap`, `seconds` | from the first to the last point in time; the stretches between neighbours among the different ones | fewer than two |
         *     | `edges`, `counts` | of histograms, which profiles have | |
         *     | `rank` | of long columns: a quantile told for the share *p* stands at a share within *p* ± this (Munro and Paterson), see *Long columns* | text, and columns that are told exactly |
         *
         *     - *Sources.* SciPy 1.17 (`t.interval`, `trim_mean`, `gmean`, `hmean`, `median_abs_deviation`, `entropy`) and NumPy 2.4 (`quantile`), compared in the tests.
         */
        post: operations["analysis_descriptive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/distribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Distribution
         * @description The shape of a numeric column: histogram, empirical distribution function, kernel density estimate, four tests of normality, eight distributions fitted by maximum likelihood and ranked, outliers by three rules with their rows, and the points of a Q–Q plot.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `distribution` looks at the finite values of one numeric column, of the rows that the filter keeps. *x*₁ ≤ … ≤ *xₙ* are these, *m* their mean, *s* their
         *     deviation with *n* − 1.
         *
         *     ### Histogram and distribution function
         *
         *     | figure | definition | null or edge |
         *     | --- | --- | --- |
         *     | `count`, `rows` | finite values; rows that the filter keeps | |
         *     | `edges`, `counts` | the ends of the bins and the values in each | |
         *     | `below`, `above` | values outside of the given edges | |
         *     | `shares` | the share of values up to and including each of `values` | |
         *     | `densities`, `bandwidth` | the estimated density at each of `points`; the standard deviation of the kernel | values that do not vary |
         *     | `statistic`, `p_value` | of a test of normality, or of the Kolmogorov–Smirnov test of a fit | `note` says why |
         *     | `parameters`, `log_likelihood` | those under which the values are most likely, and the logarithm of their density then | `note` says why |
         *     | `aic`, `bic`, `rank` | 2*k* − 2 ln L and *k* ln *n* − 2 ln L with *k* parameters; the place by AIC | `note` says why |
         *     | `ks` | the largest distance between the fitted and the empirical distribution function | |
         *     | `low`, `high` | the limits beyond which a value counts as an outlier by the rule | a spread of 0 |
         *     | `theoretical`, `sample` | quantiles of the normal distribution, and the values that stand there | |
         *     | `slope`, `intercept`, `r` | the line through the Q–Q points by least squares, and their correlation | values that do not vary |
         *
         *     - `freedman_diaconis`: bins of width 2 iqr / ∛*n*; `scott`: (24 √π / *n*)^(1/3) times the deviation with *n*; `sturges`: log₂ *n* + 1 bins; each rounded up to whole bins from the
         *       smallest to the largest value, as NumPy. Where a rule gives no width, Sturges' takes its place and `rule` says so. At most 10,000 bins (`capped`).
         *     - `count` bins of equal width; `width` with edges at its multiples; `edges` as given, with the values `below` and `above`. A bin holds its left edge, the last one also its right.
         *     - The empirical distribution function tells the share of values up to and including each different value; of more than 1,000, those at 1,000 equal steps of rank.
         *
         *     ### Density
         *
         *     Gaussian kernels with the standard deviation `bandwidth`: *n*^(−1/5) *s* (Scott 1992) or (3*n*\/4)^(−1/5) *s* (Silverman 1986), as SciPy's `gaussian_kde`. To 10,000 values the sum
         *     over all values at each point (`direct`); beyond that the values are shared out linearly to bins of at most a sixteenth of a bandwidth and smoothed by Fourier transform
         *     (`binned_fft`), which differs by less than 10⁻⁶ of the peak. If outliers stretch the range over more than 2²² bins, the sum is taken, since each point then has few values near it.
         *     Values that do not vary have no density.
         *
         *     ### Tests of normality
         *
         *     | test | statistic | p-value | values |
         *     | --- | --- | --- | --- |
         *     | `dagostino_k2` | the sum of the squared z of skewness (D'Agostino 1970) and of kurtosis (Anscombe and Glynn 1983) | χ² with 2 degrees of freedom | *n* ≥ 8 |
         *     | `jarque_bera` | *n*\/6 (g₁² + g₂²/4) | χ² with 2 degrees of freedom, for large *n* | *n* ≥ 2 |
         *     | `anderson_darling` | A² = −*n* − Σ(2*i* − 1)/*n* (ln Φ(*zᵢ*) + ln(1 − Φ(*zₙ₊₁₋ᵢ*))), *z* = (*x* − *m*)/*s* | formulas of D'Agostino and Stephens 1986, table 4.9, for A²(1 + 0.75/*n* + 2.25/*n*²) | *n* ≥ 8 |
         *     | `shapiro_wilk` | W by algorithm AS R94 (Royston 1995) | Royston's | 3 ≤ *n* ≤ 5,000 |
         *
         *     A test that the values do not allow says why in `note`. Shapiro and Wilk's differs from SciPy's by up to 10⁻⁸, because
         *     SciPy takes the normal quantiles from the approximation AS 111; here, as in R, they have all digits.
         *
         *     ### Fits
         *
         *     Parameters of greatest likelihood. AIC = 2*k* − 2 ln L and BIC = *k* ln *n* − 2 ln L with *k* parameters; ranked by AIC.
         *
         *     | family | parameters | needs | found by |
         *     | --- | --- | --- | --- |
         *     | `normal` | `mean`, `std` (with *n*) | | closed form |
         *     | `log_normal` | `mu`, `sigma` of ln *x* | *x* > 0 | closed form |
         *     | `exponential` | `scale` | *x* ≥ 0 | closed form |
         *     | `shifted_exponential` | `location` = *x*₁, `scale` | | closed form |
         *     | `gamma` | `shape`, `scale` | *x* > 0 | Newton's method on ln k − ψ(k) (Minka 2002) |
         *     | `weibull` | `shape`, `scale` | *x* > 0 | Newton's method within a bracket |
         *     | `uniform` | `low`, `high` | | closed form |
         *     | `beta` | `a`, `b` | 0 < *x* < 1 | Newton's method in both |
         *
         *     `ks` is the largest distance between the fitted and the empirical distribution function. Its p-value is that of the two-sided test (Simard and L'Ecuyer 2011: Durbin's matrix by
         *     Marsaglia, Tsang and Wang; Smirnov's sum; Pelz and Good), equal to SciPy's `kstwo`. The parameters come from the same values, so this p-value is larger than it should be: use it to compare, not to accept.
         *
         *     ### Outliers and Q–Q points
         *
         *     - `iqr`: below *q*₁ − 1.5 iqr or above *q*₃ + 1.5 iqr (Tukey 1977); `z_score`: |*x* − *m*| > 3 *s*; `mad`: |*x* − median| > 3.5 · 1.4826 · median |*x* − median| (Iglewicz and Hoaglin 1993). Each limit
         *       is a parameter. Rows are counted from 0 in the dataset, whatever the filter. Where the spread is 0, `z_score` and `mad` have no limits and no outliers.
         *     - Q–Q points stand at Filliben's estimates of the medians of normal order statistics (1975), as SciPy's `probplot`; of more than 1,000 values, at 1,000 equal steps of rank. The line is fitted to the points told.
         *     - *Sources.* Those named. Equal to SciPy 1.17 and statsmodels 0.15 to 1e-9; fits are no less likely than SciPy's (`scripts/golden/statistics.py`).
         */
        post: operations["analysis_distribution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/grouped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grouped statistics
         * @description Sums, means, medians, modes, counts, extremes, deviations and quantiles for each group of rows, by columns or by calendar periods, with totals, shares, and the largest groups with the others summed up.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `grouped`, and `GET /datasets/{id}/statistics`. Rows with equal values in all columns of `by` are a group; missing cells form one of their own (key null), after the others. Dates and datetimes can be grouped by calendar period (weeks begin on Monday);
         *     the key is the period's first day, or its first second where it is shorter than a day. −0.0 equals 0.0; NaN and each infinity are groups of their own, whose keys travel as null.
         *
         *     | figure | definition | null or edge |
         *     | --- | --- | --- |
         *     | `count` | cells that hold a value; without a column, rows | NaN and infinities count |
         *     | `n_unique` | different values among them | NaN counts as one |
         *     | `sum` | exact for integers (128 bits, a string beyond 2^53), with carried rounding error for floats | 0 of nothing; null beyond the range of a float |
         *     | `mean`, `var`, `std` | as in the column summaries: Σ*x*\/*n*; corrected two-pass sum of squares over *n* − 1; its root | *n* = 0; *n* < 2 |
         *     | `median`, `quantile` | linear interpolation between order statistics (Hyndman and Fan, type 7) | *n* = 0 |
         *     | `mode` | the most frequent value, the smallest of equally frequent ones | no value |
         *     | `min`, `max` | of numbers, dates and times by size, of text in byte order | no value |
         *     | `first`, `last` | the first and last value in order of row, missing cells left out | no value |
         *     | `shares` | the group's sum or count over that of all rows that the filter keeps | that is 0 |
         *     | `rows`, `groups` | rows of the group, or of all groups; how many groups there are, also those not shown | |
         *
         *     - *Missing cells* are in no figure. NaN and infinities are in `count` and `n_unique` only. The mean of truth values is the share of true. Decimals are computed as floats.
         *     - *Order.* By key, ascending, unless `sort` is given; `top` takes the largest by the first measure unless it is. Equal groups stand in order of their keys; groups without the figure stand last.
         *     - *Totals, other, share.* `totals` and `other` are computed from the rows themselves, not from the groups' figures, so medians are medians. A share is the group's sum or count over that of all rows the filter keeps; null if that is 0.
         *     - *Sources.* As for the column summaries; tests compare with plain definitions on random tables.
         */
        post: operations["analysis_grouped"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One analysis job
         * @description The same as `GET /jobs/{id}`.
         */
        get: operations["analysis_job_fetch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/jobs/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The result of an analysis job
         * @description The same as `GET /jobs/{id}/results`.
         */
        get: operations["analysis_job_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The kinds of analysis
         * @description What `POST /analysis/{name}` accepts, each with an example body.
         */
        get: operations["analysis_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/regression": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Regression
         * @description Ordinary least squares with standard errors, intervals, R², F and diagnostics, or logistic regression with odds ratios, deviance and pseudo-R². Columns of text and truth values are coded as dummies.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `regression`. Rows with a missing or non-finite value in any of the columns are left out (`rows_left_out`). Text and truth values, and columns in `categorical`, are coded as dummies: 1 for
         *     rows of the category, against the `reference` (the first in ascending order unless given), which has no coefficient. `powers` adds *x*², *x*³, … of a column.
         *     A column that is a combination of those before it is left out: its figures are null. Below, *n* rows, *p* coefficients, residuals *e*, *X* the design, *h* the diagonal of *X*(*XᵀX*)⁻¹*Xᵀ*.
         *
         *     ### Linear
         *
         *     | figure | definition |
         *     | --- | --- |
         *     | `estimate` | least squares: *b* minimises Σ*e*² |
         *     | `std_error` | √(*s*² (*XᵀX*)⁻¹ⱼⱼ), *s*² = Σ*e*²/(*n* − *p*) |
         *     | `statistic`, `p_value`, `low`, `high` | *t* = estimate/error, two-sided by t with *n* − *p* degrees of freedom |
         *     | `r_squared` | 1 − Σ*e*²/SS total; SS total around the mean, without an intercept around 0 |
         *     | `adjusted_r_squared` | 1 − (1 − *R*²)(*n* − 1)/(*n* − *p*), without an intercept with *n* |
         *     | `f` | (SS model/df model)/*s*², against the intercept alone |
         *     | `log_likelihood`, `aic`, `bic` | −*n*\/2 (ln 2π + ln(Σ*e*²/*n*) + 1); 2*p* − 2 ln *L*; *p* ln *n* − 2 ln *L* |
         *     | `durbin_watson` | Σ(*eᵢ* − *eᵢ*₋₁)²/Σ*e*², in order of row |
         *     | `jarque_bera` | *n*\/6 (skewness² + excess kurtosis²/4) of the residuals, by chi-square with 2 |
         *     | `breusch_pagan` | *n R*² of *e*² on *X* (Koenker), by chi-square with *p* − 1 |
         *     | `condition_number` | largest over smallest singular value of *X* with columns of length 1 (Belsley, Kuh and Welsch); above 30 look at `vif` |
         *     | `vif` | (*XᵀX*)⁻¹ⱼⱼ Σ(*xⱼ* − mean)²; above 10 the column is nearly a combination of others |
         *     | `residual_squares`, `model_squares`, `residual_std_error` | Σ*e*²; SS total − Σ*e*²; *s* |
         *     | `residual_degrees_of_freedom` | *n* − *p* |
         *     | `rows`, `rows_left_out` | *n*, and the rows of which a cell is missing or not finite |
         *     | `f_degrees_of_freedom`, `f_p_value` | (df model, *n* − *p*), and the chance of a larger *F* if no column counts |
         *     | `residual`, `residuals` | observed − fitted; the least, the quartiles and the largest |
         *     | `leverage`, `cooks_distance` | *h*; *e*²*h*\/(*p s*²(1 − *h*)²) |
         *     | `studentized_residual` | *e* over its deviation in a fit without the row |
         *
         *     - *Assumptions.* The mean is linear in the columns; errors are independent, of one variance, and normal where samples are small. Durbin–Watson, Breusch–Pagan and Jarque–Bera look at these.
         *     - *Computation.* Householder's QR. While *n p*² is at most 30 million it computes with twice the digits of a float (Dekker's twofold arithmetic, powers of columns included), beyond that in
         *       floats. Columns of extreme size are scaled by a power of two. A column counts as a combination of others if what they leave of it is below 1e-14 of its length (1e-11 in floats).
         *     - *Accuracy.* NIST StRD, digits of the coefficients and of their errors, at least: Norris, Pontius, Longley, NoInt1, NoInt2 13 and 13; Wampler1 14, Wampler2–5 13; Filip 12 and 12, where floats alone have about 7. statsmodels 0.15 to 1e-9.
         *     - *Edges.* Without more rows than coefficients errors, t and p are null. A target without variation has null *R*².
         *
         *     ### Logistic
         *
         *     The log-odds of success are linear in the columns. `success` is the larger of the target's two values unless named. Estimates maximise the likelihood (iteratively reweighted least squares by QR, steps halved
         *     where the deviance would rise); *z* = estimate/error by the normal distribution; `odds_ratio` is e^estimate with its Wald interval.
         *
         *     | figure | definition |
         *     | --- | --- |
         *     | `deviance`, `null_deviance` | −2 ln *L*; that of the intercept alone |
         *     | `likelihood_ratio` | their difference, by chi-square |
         *     | `mcfadden`, `cox_snell`, `nagelkerke` | 1 − deviance/null deviance; 1 − e^((deviance − null deviance)/*n*); the latter over its largest possible value |
         *     | `auc` | the share of pairs of a success and a failure in which the success has the larger fitted probability, ties half |
         *     | `accuracy` | the share of rows told right at 0.5 |
         *     | `odds_ratio` | e^estimate with its Wald interval |
         *     | `successes`, `failures`, `iterations` | rows of each sort; steps until the estimates stood still |
         *
         *     - The likelihood ratio is that of models with an intercept.
         *     - *Separation.* Where columns tell success and failure apart without error no finite estimate exists. It is seen by coefficients that go on growing, said in `separation` (`complete`: every row; `quasi_complete`: some), and the
         *       coefficients concerned are null. Drop or join the columns named.
         *     - *Sources.* Householder 1958; Dekker 1971; Durbin and Watson 1950; Jarque and Bera 1980; Breusch and Pagan 1979; Koenker 1981; Belsley, Kuh and Welsch 1980; Cook 1977; McCullagh and Nelder 1989; Albert and Anderson 1984;
         *       McFadden 1974; Nagelkerke 1991; conventions as in statsmodels.
         */
        post: operations["analysis_regression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis/timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Time series
         * @description A column summed up by minute, hour, day, week, month, quarter or year, with its trend, autocorrelation, seasonality and the points where its level changes.
         *
         *     Answers 202 with a job; an identical request on the same data within the hour, or one that is waited for with `Prefer: wait=N`, answers 200 with the finished job and its result.
         *
         *     ### Methods
         *
         *     The analysis `timeseries`. Rows without a time or a finite value are left out (`rows_left_out`). Periods are those of the calendar, of times as the column holds them (UTC where the file gave offsets); weeks begin on Monday.
         *     `points` has every period from the first to the last row, at most 20,000. Without `every` the granularity is the longest that is no longer than 1.5 times the median distance of neighbouring times.
         *
         *     | figure | definition | null or edge |
         *     | --- | --- | --- |
         *     | `slope`, `intercept`, `r_squared`, `p_value` | the line through the periods' values by least squares; `low` and `high` by *t*; the slope is by period | fewer than 3 periods |
         *     | `s`, `tau`, `z` | of Mann–Kendall: pairs that rise − pairs that fall; over *n*(*n* − 1)/2; (*S* ∓ 1)/√Var *S* | a constant series |
         *     | `theil_sen` | the median slope of all pairs with Sen's interval | more than 3,000 periods |
         *     | `autocorrelation`, `partial`, `bound` | *r*ₖ; by Durbin and Levinson's recursion; *z*\/√*n*, beyond which one is unlikely to be noise | a constant series |
         *     | `rows`, `rows_left_out`, `gaps` | rows with a time and a finite value; the others; periods without a row | |
         *     | `ljung_box`, `statistic` | *Q* = *n*(*n* + 2)Σ*r*ₖ²/(*n* − *k*), by chi-square with `ljung_box_lags` degrees of freedom | a constant series |
         *     | `trend`, `seasonal`, `residual` | the centred moving average over a season; the pattern at the period's position; what is left | half a season at both ends |
         *     | `pattern` | the mean of value − trend at each position of the season, less its mean | |
         *     | `strength`, `trend_strength` | max(0, 1 − Var(residual)/Var(seasonal + residual)); with the trend instead of the pattern | less than two seasons |
         *     | `mean_before`, `mean_after` | of the segments at both sides of a change of level | |
         *
         *     - *Gaps.* A period without rows is null, 0, the value before, or on the line between its neighbours, as `gaps` says; `filled` marks it. The trend uses periods with a value only; where `gaps` is `null`, autocorrelation,
         *       seasonality and changes of level bridge gaps by straight lines, with a note.
         *     - *Trend.* Least squares on the number of the period with the t-interval of its slope. Mann–Kendall: *S* = pairs that rise − pairs that fall, τ = *S*\/(*n*(*n* − 1)/2), *z* = (*S* ∓ 1)/√Var *S*, Var *S* =
         *       (*n*(*n* − 1)(2*n* + 5) − Σ*t*(*t* − 1)(2*t* + 5))/18 over ties of *t*. Theil–Sen: the median slope of all pairs with Sen's interval, to 3,000 periods. All assume independent errors: autocorrelation makes p-values too small.
         *     - *Autocorrelation.* *r*ₖ = Σ(*xᵢ* − *m*)(*xᵢ*₊ₖ − *m*)/Σ(*xᵢ* − *m*)²; partial ones by Durbin and Levinson's recursion; `bound` is *z*\/√*n*. Ljung–Box *Q* = *n*(*n* + 2)Σ*r*ₖ²/(*n* − *k*) by chi-square. Null for a constant series.
         *     - *Seasonality.* Classical additive decomposition: the trend is the centred moving average over a season (half weights at the ends of an even one), the pattern the mean of value − trend at each position, less its mean; half a season at
         *       both ends has no trend. Strength = max(0, 1 − Var(residual)/Var(seasonal + residual)); the trend's likewise (Wang, Smith and Hyndman). Two whole seasons are needed. The pattern is taken as constant over time.
         *     - *Changes of level.* The segmentation of least Σ(squared deviations from each segment's mean)/σ² + `penalty` · changes, over segments of at least two periods, found exactly by PELT. σ is the median absolute difference of neighbours over 0.6745 √2;
         *       the penalty is 3 ln *n* unless given. Independent noise around constant levels is assumed: a trend shows as a staircase.
         *     - *Accuracy.* SciPy 1.17 and statsmodels 0.15 to 1e-9; the segmentation equals that of a search without pruning.
         *     - *Sources.* Mann 1945; Kendall 1975; Theil 1950; Sen 1968; Box and Jenkins 1976; Ljung and Box 1978; Wang, Smith and Hyndman 2006; Killick, Fearnhead and Eckley 2012.
         */
        post: operations["analysis_timeseries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description By `email` or `username`, whichever is given. The access token is valid for minutes; the refresh token works once
         *     and brings a new pair. An unknown account and a wrong password get the same answer after the same time.
         *     Counted per account and address.
         */
        post: operations["auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session of this access token at once; its refresh token is void too.
         */
        post: operations["auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed-in account
         * @description Who this access token belongs to, with the role as it is now.
         */
        get: operations["auth_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token
         * @description Answers a new pair of tokens and prolongs the session. A refresh token works once: one that is used again has been
         *     stolen, by this caller or the one before, and ends the session. Counted per account and address.
         */
        post: operations["auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an account
         * @description The first account of a server that listens on loopback becomes its administrator; elsewhere the `setup_code`
         *     printed at the first start does that. Everybody else becomes an analyst. Counted per account and address.
         */
        post: operations["auth_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The session of this browser
         * @description Who is signed in, and the token for requests that change something. Asking tells that the person is still there:
         *     the session's idle time begins anew.
         */
        get: operations["browser_session_fetch"];
        put?: never;
        /**
         * Sign in with a browser
         * @description Like `POST /auth/login`, but the session lives in an HttpOnly cookie. Requests by cookie that change something must
         *     repeat `csrf_token` as `X-CSRF-Token`. The session ends when its person does nothing for some hours.
         */
        post: operations["browser_session_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the account is signed in
         * @description The live sessions, the newest first, at most 200.
         */
        get: operations["session_list"];
        put?: never;
        post?: never;
        /**
         * End all sessions
         * @description Signs the account out everywhere, here too.
         */
        delete: operations["session_delete_all"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One session
         * @description When and from where it began, and when it was last used.
         */
        get: operations["session_fetch"];
        put?: never;
        post?: never;
        /**
         * End one session
         * @description Its access and refresh tokens are void at once.
         */
        delete: operations["session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your datasets
         * @description One page, the newest first unless sorted otherwise.
         */
        get: operations["dataset_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a table
         * @description As a form with the field `file`, or as a raw body. Answers as soon as the file is stored; a job then reads it as a
         *     whole, decides types and computes the profile. What the file is, is decided by its content. The name is the file's
         *     unless another is given. `Prefer: wait=N` waits for the job; an `Idempotency-Key` makes a repeated upload of
         *     the same file return the first job.
         */
        post: operations["dataset_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One dataset
         * @description Its state and its current version with columns; while it is being read there is no version yet.
         */
        get: operations["dataset_fetch"];
        put?: never;
        post?: never;
        /**
         * Delete a dataset
         * @description Its queued and running jobs are cancelled. It lies in the bin for 30 days unless the server says otherwise
         *     (`GET /datasets?trash=true`), from where it can be restored; `permanent=true` deletes it for good, with its versions,
         *     files, jobs and results, also from the bin.
         */
        delete: operations["dataset_delete"];
        options?: never;
        head?: never;
        /**
         * Rename or describe a dataset
         * @description Fields left out stay as they are.
         */
        patch: operations["dataset_update"];
        trace?: never;
    };
    "/api/v1/datasets/{id}/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The columns of a dataset
         * @description Names, types, how values travel in JSON, and how many cells are missing, in the table's order.
         */
        get: operations["dataset_columns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a table
         * @description As CSV, JSON, NDJSON, Parquet, Arrow or workbook. The file is written in the background and kept for a while, so
         *     that the next download of the same data begins at once. A request waits up to 30 seconds for it (`Prefer: wait=N`
         *     for another time); when that does not suffice it answers `202` with the job: ask again when it has finished.
         */
        get: operations["dataset_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read an uploaded file
         * @description Starts the job that reads the file with these options: the second step after an upload with `ingest=false`, or another
         *     try after a failed one. A dataset that is ready gets a new version. While it is being read this is a conflict.
         */
        post: operations["dataset_ingest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/parse-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try options of reading
         * @description Reads the beginning of the uploaded file (16 MiB) as an ingest with these options would, and stores nothing: what was
         *     decided and why, the columns with their types, the first 50 rows, and the first malformed rows.
         */
        post: operations["dataset_parse_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The first rows
         * @description The first 10 rows unless told otherwise. A column states its type and how its values travel.
         */
        get: operations["dataset_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each column holds
         * @description The profile that was computed when the file was read: counts, moments, quantiles, top values and a histogram.
         */
        get: operations["dataset_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Malformed rows
         * @description The rows of the file that are not in the table, each with line, column, value and reason. As CSV they are all in one
         *     file, in which cells that a spreadsheet would take for formulas begin with an apostrophe.
         */
        get: operations["dataset_quarantine_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a dataset out of the bin
         * @description As it was when it was deleted. Jobs that were cancelled then stay cancelled.
         */
        post: operations["dataset_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Any rows
         * @description A window of the table in its own order, or sorted and filtered. `filtered_rows` tells how many rows the filter keeps.
         *     A column states its type and how its values travel. Beyond the last row
         *     there are none. An answer is at most 8 MiB.
         */
        get: operations["dataset_rows"];
        put?: never;
        /**
         * Add rows to a dataset
         * @description As JSON records, as a form with the field `file`, or as a raw body of any format that can be uploaded. Columns are found
         *     by name; one that the file lacks is missing in its rows, one that the table lacks is refused. Options say how the file
         *     is written, as those of an upload do, as parameters or as fields of the form. Every cell must fit
         *     the type of its column: otherwise the job fails and names column, line and value, and nothing is added. The
         *     result is a new version; the old ones stay. Appends that come at once are done one after another.
         */
        post: operations["dataset_rows_append"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statistics by group
         * @description Count, mean, median and mode of numeric columns for each group of rows, at once and without a job. Any other
         *     parameter is the name of a column and keeps only the rows with its value: `?by=team&team=Team A`.
         */
        get: operations["dataset_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a dataset
         * @description Every version is immutable; the newest is the one that analyses read.
         */
        get: operations["dataset_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{id}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of a dataset
         * @description With its columns, how its file was read, and its lineage: the job that made it, and from what.
         */
        get: operations["dataset_version_fetch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your jobs as they change
         * @description A stream of server-sent events: `event: job` with the whole job as `data`. It begins with your jobs in flight (of
         *     your newest 500). Whoever comes back with `Last-Event-ID` is also told what began, ended or was cancelled since; a
         *     change may then be told twice, but none is missed, short of 1,000 endings. A quiet stream carries a comment every 15
         *     seconds. The stream ends when the access token expires, within two seconds after a log-out, when the reader falls
         *     more than 256 events behind, and when the server stops: connect again. At most 8 streams for one account.
         */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The state of every part
         * @description 200 when all is well, 503 with the same body when a part is failing. The details hold nothing about the machine.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description Looks at nothing else: a failing database is no reason to start the process again.
         */
        get: operations["health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description 503 while a part that requests need is failing or the server is about to stop: send requests elsewhere.
         */
        get: operations["health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your jobs
         * @description One page, the newest first unless sorted otherwise; ingest and analyses together. With `ids` the states of many
         *     jobs at once: those of them that are yours, in that order; unknown ids are left out. `Retry-After` then tells when
         *     it is worth asking again, and is absent once all have finished.
         */
        get: operations["job_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job
         * @description Carries an `ETag` (send it as `If-None-Match` for a 304 while nothing changes) and, while the job has not
         *     finished, `Retry-After`: 1 to 10 seconds, by the job's age and by what its lane usually takes. With `wait` the answer comes as soon as the job has finished.
         */
        get: operations["job_fetch"];
        put?: never;
        post?: never;
        /**
         * Cancel a job
         * @description A queued job ends at once, a running one within a second; other jobs that share its work go on. A job that has
         *     finished stays as it is.
         */
        delete: operations["job_cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The result of a job
         * @description 409 with `not_ready` while the job has not finished; the reason, with the job's own code, when it failed.
         */
        get: operations["job_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a job again
         * @description Only a failed or cancelled one; the new attempt is a new job. `Prefer: wait=N` waits for it.
         */
        post: operations["job_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this server accepts
         * @description Sizes in bytes, times in seconds, rates per minute. A request beyond one of these is refused with an error that
         *     names the limit.
         */
        get: operations["limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of this process
         * @description In the text form that Prometheus reads: requests, queue, pools, and what the worker in this process did. With the
         *     setting `http.metrics_token` it needs that token, without it a connection from this very machine that no proxy
         *     forwards; the access token of an administrator does in either case.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed-in account, by its address among users
         * @description The same as `GET /auth/profile`.
         */
        get: operations["user_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Saved charts
         * @description One page, the newest first: your own and those that are shared with you.
         */
        get: operations["visualization_list"];
        put?: never;
        /**
         * Save a chart
         * @description The spec is checked against its dataset. Whenever the chart is looked at it is computed from the dataset's newest version.
         */
        post: operations["visualization_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compute charts
         * @description At once and without a job; up to 30 of them, each with a Plotly figure, a sentence, and its figures as a table. A spec that does not
         *     fit its kind or its dataset refuses the whole request, naming the channel, the column and what would fit. A chart that could
         *     not be computed has an `error` in its place.
         */
        post: operations["charts_compute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draw a chart as a file
         * @description PNG, SVG, PDF with vectors and text, or the figures as CSV, without saving the chart.
         */
        post: operations["chart_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The kinds of charts
         * @description What each kind shows, which channels and options it takes, and an example.
         */
        get: operations["chart_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Share a saved chart
         * @description Lets the user of this name look at it, though not at its dataset; `remove` takes the share back. Both may be repeated.
         */
        post: operations["visualization_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One saved chart
         * @description With its spec, of the newest version unless told otherwise. `GET /visualizations/{id}/figure` computes it.
         */
        get: operations["visualization_fetch"];
        put?: never;
        post?: never;
        /**
         * Delete a saved chart
         * @description With its versions, shares and pictures. The dataset stays.
         */
        delete: operations["visualization_delete"];
        options?: never;
        head?: never;
        /**
         * Change a saved chart
         * @description Fields left out stay as they are; a changed chart is the next version. With `version`, 409 if somebody changed it since.
         */
        patch: operations["visualization_update"];
        trace?: never;
    };
    "/api/v1/visualizations/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A saved chart as a file
         * @description PNG, SVG, PDF with vectors and text, or its figures as CSV. A picture is drawn once and kept until data, chart or form change.
         */
        get: operations["visualization_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/{id}/figure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A saved chart, computed
         * @description From the newest version of its dataset, at once and without a job.
         */
        get: operations["visualization_figure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visualizations/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a saved chart
         * @description The last 100, the newest first. To go back to one, send its chart as a change.
         */
        get: operations["visualization_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Which columns a channel takes.
         * @enum {string}
         */
        Accepts: "any" | "numbers" | "numbers_or_times" | "times";
        /** @description A job of any user. */
        AdminJob: {
            /**
             * Format: int32
             * @description How often a worker or a child was lost while running it.
             */
            crashes: number;
            /**
             * Format: uuid
             * @description The work, which jobs that ask for the same share.
             */
            execution_id: string;
            job: components["schemas"]["Job"];
            /**
             * Format: int32
             * @description Higher is sooner.
             */
            priority: number;
            /** Format: uuid */
            user_id: string;
            /** @description The worker that runs it, or ran it last. */
            worker?: string | null;
        };
        /** @description A job of any user with the errors of its attempts. */
        AdminJobDetail: {
            /**
             * Format: int32
             * @description How often a worker or a child was lost while running it.
             */
            crashes: number;
            /** @description The attempts that did not succeed, the first one first; at most the latest 200. */
            errors: components["schemas"]["AttemptFailure"][];
            /** Format: uuid */
            execution_id: string;
            job: components["schemas"]["Job"];
            /**
             * Format: int32
             * @description Higher is sooner.
             */
            priority: number;
            /** Format: uuid */
            user_id: string;
            /** @description The worker that runs it, or ran it last. */
            worker?: string | null;
        };
        /** @description A page of everybody's jobs, with the state of the lanes. */
        AdminJobs: {
            items: components["schemas"]["AdminJob"][];
            lanes: components["schemas"]["LaneDepth"][];
            /** @description Send it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description An account as administrators see it. */
        AdminUser: {
            /** Format: date-time */
            created_at: string;
            /** @description Whether the account is shut out: it cannot sign in, and its sessions have ended. */
            disabled: boolean;
            /** @description Why, where somebody said so. */
            disabled_reason?: string | null;
            email: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_login?: string | null;
            role: components["schemas"]["Role"];
            username: string;
        };
        /** @enum {string} */
        Aggregate: "sum" | "mean" | "median" | "min" | "max" | "count" | "first" | "last";
        /** @enum {string} */
        Aggregates: "never" | "may" | "always";
        /** @enum {string} */
        Alternative: "two_sided" | "less" | "greater";
        /** @description A kind of analysis as `GET /analysis/kinds` tells it. */
        AnalysisKindInfo: {
            /** @description A request body, without `dataset_id`. */
            example: Record<string, never>;
            /** @description The definition of each figure, in Markdown, by the name of its field in the outcome. */
            figures: {
                [key: string]: string;
            };
            lane: components["schemas"]["Lane"];
            /** @description Definition, assumptions, null handling, edge cases and source of every figure, in Markdown. */
            methods: string;
            /** @description The last part of the path, `POST /analysis/{name}`. */
            name: string;
            /** @description The JSON schema of the request body; `$ref`s point into `/api/openapi.json`. */
            parameters: Record<string, never>;
            summary: string;
            /**
             * Format: int64
             * @description How long a job of this kind may run on this server.
             */
            timeout_seconds: number;
            title: string;
        };
        /** @description Something written or marked on a chart. Positions are values of the axis: numbers, ISO 8601 times, or labels. */
        Annotation: {
            at: unknown;
            axis: components["schemas"]["AxisName"];
            /** @enum {string} */
            kind: "line";
            text?: string | null;
        } | {
            axis: components["schemas"]["AxisName"];
            from: unknown;
            /** @enum {string} */
            kind: "region";
            text?: string | null;
            to: unknown;
        } | {
            /** @enum {string} */
            kind: "text";
            text: string;
            x: unknown;
            y: unknown;
        };
        /** @description Where things are. */
        ApiRoot: {
            documentation: string;
            health: string;
            name: string;
            openapi: string;
            version: string;
        };
        /** @description What a test takes for granted. `holds` is null where figures cannot tell. */
        Assumption: {
            /** @description What was looked at. */
            evidence?: string | null;
            holds?: boolean | null;
            /** Format: double */
            p_value?: number | null;
            text: string;
        };
        /** @description An attempt that did not succeed. */
        AttemptFailure: {
            /**
             * Format: int32
             * @description Counted from 1.
             */
            attempt: number;
            /** Format: date-time */
            ended_at: string;
            failure: components["schemas"]["Failure"];
            /** Format: date-time */
            started_at?: string | null;
            worker?: string | null;
        };
        /** @description Something that happened, as the audit log keeps it. */
        AuditEvent: {
            /** @description Noun and verb, such as `dataset.upload`. */
            action: string;
            /**
             * Format: uuid
             * @description Who did it; null where nobody was signed in.
             */
            actor?: string | null;
            /** @description The user name of that account, while the account exists. */
            actor_name?: string | null;
            /** @description The network address of the request. */
            address: string;
            /** @description More about it, never a secret. */
            detail: Record<string, never>;
            /** Format: date-time */
            happened_at: string;
            /** Format: uuid */
            id: string;
            /** @description `ok`, or why it did not happen. */
            outcome: string;
            request_id: string;
            /** @description What it was done to: an id, or the name that was given. */
            target?: string | null;
        };
        Autocorrelation: {
            /**
             * Format: double
             * @description Correlations beyond this are not those of noise, at the level of confidence.
             */
            bound?: number | null;
            lags: components["schemas"]["Lag"][];
            /** @description Whether the first `ljung_box_lags` correlations are those of noise. */
            ljung_box: components["schemas"]["TestFigures"];
            /** Format: int64 */
            ljung_box_lags: number;
        };
        /** @enum {string} */
        AxisName: "x" | "y";
        /** @description A range around a line. */
        Band: {
            kind: components["schemas"]["BandKind"];
            /** @description For `columns`: the column of the lower ends. */
            lower?: string | null;
            /** @description For `columns`: the column of the upper ends. */
            upper?: string | null;
        };
        /** @enum {string} */
        BandKind: "confidence" | "deviation" | "range" | "columns";
        /** @description The standard deviation of the kernel: a rule by name, or `{"width": 0.5}` in the unit of the column. */
        Bandwidth: "scott" | "silverman" | {
            /** Format: double */
            width: number;
        };
        /** @description How the bins of the histogram are chosen: a rule by name, or `{"count": 20}`, `{"width": 0.5}`, `{"edges": [0, 1, 10]}`. */
        Bins: "freedman_diaconis" | "sturges" | "scott" | {
            /** Format: int32 */
            count: number;
        } | {
            /** Format: double */
            width: number;
        } | {
            edges: number[];
        };
        BooleanSummary: {
            /** Format: int64 */
            false: number;
            /** @description The more frequent value; false when both are equally frequent. */
            mode?: boolean | null;
            /**
             * Format: double
             * @description The share of true among the cells that hold a value.
             */
            share_true?: number | null;
            /** Format: int64 */
            true: number;
        };
        /** @description A session in a browser's cookie. */
        BrowserSession: {
            /** @description To be repeated as `X-CSRF-Token` by every request of this session that changes something. */
            csrf_token: string;
            user: components["schemas"]["User"];
        };
        /** @enum {string} */
        Cases: "pairwise" | "complete";
        /** @enum {string} */
        CellShape: "rectangle" | "hexagon";
        /** @description The level changes with this period. */
        ChangePoint: {
            /** Format: double */
            mean_after?: number | null;
            /** Format: double */
            mean_before?: number | null;
            /**
             * Format: int64
             * @description The number of the period, counted from 0.
             */
            position: number;
            time: string;
        };
        /** @enum {string} */
        Channel: "x" | "y" | "z" | "color" | "size" | "facet" | "label" | "rows" | "columns";
        /** @description A computed chart. */
        ChartAnswer: {
            /** @description A Plotly figure, `{"data": […], "layout": {…}}`: opens unchanged in Plotly for Python, R and JavaScript. */
            figure: Record<string, never>;
            kind: components["schemas"]["ChartName"];
            /** @description What was left out, binned or assumed. */
            notes: string[];
            sampling?: components["schemas"]["SamplingInfo"] | null;
            /** @description One sentence that says what the chart shows. */
            sentence: string;
            /** @description The figures that are drawn. */
            table: components["schemas"]["ChartTable"];
        };
        /** @description What a channel shows. */
        ChartEncoding: {
            aggregate?: components["schemas"]["Function"] | null;
            bin?: components["schemas"]["Bins"] | null;
            /** @description A column of the dataset; only `count` does without one. */
            column?: string | null;
            granularity?: components["schemas"]["Granularity"] | null;
            /**
             * Format: int32
             * @description Only so many values, the first in the order; the others stand together as "Other" where sums can be told.
             */
            limit?: number | null;
            /**
             * Format: double
             * @description For the aggregate `quantile`, from 0 to 1.
             */
            quantile?: number | null;
            scale?: components["schemas"]["Scale"];
            sort?: components["schemas"]["Order"] | null;
            /** @description The IANA name of the zone in which times with a zone are told, UTC unless given. */
            time_zone?: string | null;
            /** @description The axis title; the column's name unless given. */
            title?: string | null;
            /** @description Whether the axis begins at 0; bars and areas always do. */
            zero?: boolean | null;
        };
        /** @description A chart to draw as a file without saving it. */
        ChartExportRequest: {
            chart: components["schemas"]["ChartSpec"];
            format?: components["schemas"]["ImageFormat"] | null;
            /**
             * Format: int32
             * @description In CSS pixels, 500 unless given.
             */
            height?: number | null;
            /**
             * Format: double
             * @description Pixels of a PNG for each CSS pixel, 1 unless given.
             */
            scale?: number | null;
            theme?: components["schemas"]["Theme"];
            /** @description Whether the background is left out. */
            transparent?: boolean;
            /**
             * Format: int32
             * @description In CSS pixels, 800 unless given.
             */
            width?: number | null;
        };
        /** @description A chart, or why it could not be computed. */
        ChartItem: {
            chart?: components["schemas"]["ChartAnswer"] | null;
            error?: components["schemas"]["Failure"] | null;
        };
        /** @description A kind of chart as `GET /visualizations/kinds` tells it. */
        ChartKindInfo: {
            /** @description The channels that it takes. */
            channels: components["schemas"]["Slot"][];
            /** @description A spec, without `dataset_id`. */
            example: Record<string, never>;
            /** @description Whether annotations can stand on it. */
            has_axes: boolean;
            name: components["schemas"]["ChartName"];
            /** @description The options that it takes. */
            options: string[];
            summary: string;
            title: string;
        };
        /** @description The kinds of charts, in the order of the documentation. */
        ChartKinds: {
            items: components["schemas"]["ChartKindInfo"][];
        };
        /**
         * @description The word for a kind of chart in requests.
         * @enum {string}
         */
        ChartName: "line" | "bar" | "scatter" | "histogram" | "area" | "box" | "violin" | "heatmap" | "pie" | "table" | "pivot" | "number" | "funnel" | "waterfall" | "density" | "treemap" | "choropleth" | "point_map" | "scatter_3d" | "surface";
        /** @description How a chart is drawn. A kind refuses the options that mean nothing to it. */
        ChartOptions: {
            band?: components["schemas"]["Band"] | null;
            bandwidth?: components["schemas"]["Bandwidth"] | null;
            /** @description From where a scene is seen, in units of its box; (1.25, 1.25, 1.25) unless given. */
            camera?: number[] | null;
            color_scale?: components["schemas"]["ColorScale"] | null;
            comparison?: components["schemas"]["Comparison"] | null;
            gaps?: components["schemas"]["LineGaps"] | null;
            /**
             * Format: double
             * @description The radius of the hole of a donut, as a part of the pie's; 0 unless given.
             */
            hole?: number | null;
            /** Format: double */
            opacity?: number | null;
            orientation?: components["schemas"]["Orientation"] | null;
            /** @description Whether lines also mark their points. */
            points?: boolean | null;
            sample?: components["schemas"]["Sample"] | null;
            shape?: components["schemas"]["CellShape"] | null;
            stack?: components["schemas"]["Stack"] | null;
            /** @description Whether a pivot table has totals. */
            totals?: boolean | null;
            trend?: components["schemas"]["ChartTrend"] | null;
            /** @description Whether figures are written on the marks. */
            values?: boolean | null;
        };
        /** @description A chart. Which channels and options a kind takes is told by `GET /visualizations/kinds`. */
        ChartSpec: {
            annotations?: components["schemas"]["Annotation"][];
            color?: components["schemas"]["ChartEncoding"] | null;
            /** @description The columns of a pivot table. */
            columns?: components["schemas"]["ChartEncoding"][];
            /** Format: uuid */
            dataset_id: string;
            facet?: components["schemas"]["ChartEncoding"] | null;
            /** @description Only rows that satisfy all these conditions. */
            filter?: components["schemas"]["Condition"][];
            kind: components["schemas"]["ChartName"];
            label?: components["schemas"]["ChartEncoding"] | null;
            options?: components["schemas"]["ChartOptions"];
            /** @description The levels of a hierarchy, the rows of a pivot table, the columns of a table. */
            rows?: components["schemas"]["ChartEncoding"][];
            size?: components["schemas"]["ChartEncoding"] | null;
            subtitle?: string | null;
            /** @description Stands above the chart; made of the channels unless given, empty for none. */
            title?: string | null;
            x?: components["schemas"]["ChartEncoding"] | null;
            /** @description One or more; several are series of their own. */
            y?: components["schemas"]["ChartEncoding"][];
            z?: components["schemas"]["ChartEncoding"] | null;
        };
        /** @description The figures of a chart as a table. */
        ChartTable: {
            columns: components["schemas"]["Column"][];
            /** @description Whether rows were left out here; the CSV export has all. */
            is_cut: boolean;
            rows: unknown[][];
        };
        /** @description A line through the marks of each series. Methods: `docs/methods.md`. */
        ChartTrend: {
            method: components["schemas"]["TrendMethod"];
            /**
             * Format: int32
             * @description How many marks a moving average spans; 7 unless given.
             */
            window?: number | null;
        };
        /** @description One answer for each chart, in their order. */
        ChartsAnswer: {
            items: components["schemas"]["ChartItem"][];
        };
        /** @description Charts to compute without saving them. */
        ChartsRequest: {
            charts: components["schemas"]["ChartSpec"][];
            theme?: components["schemas"]["Theme"];
        };
        /** @description One choice of reading. */
        Choice: {
            /** @description Whether the request asked for it. */
            asked: boolean;
            /**
             * Format: double
             * @description From 0 (a guess) to 1 (certain).
             */
            confidence: number;
            /** @description The option that would override it, such as `delimiter`, or `columns/NAME` for the type of a column. */
            option: string;
            /** @description Why, in a sentence. */
            reason: string;
            value: string;
        };
        /** @description One coefficient. A column that is a combination of others has none, and null figures. */
        Coefficient: {
            /** Format: double */
            estimate?: number | null;
            /** Format: double */
            high?: number | null;
            /** Format: double */
            low?: number | null;
            odds_ratio?: components["schemas"]["Interval"] | null;
            /** Format: double */
            p_value?: number | null;
            /**
             * Format: double
             * @description t for linear, z for logistic models.
             */
            statistic?: number | null;
            /** Format: double */
            std_error?: number | null;
            /** @description `(intercept)`, the column, the column with its power (`x^2`), or the column with its category (`team[Team B]`). */
            term: string;
            /**
             * Format: double
             * @description Variance inflation factor; null for the intercept and in models without one.
             */
            vif?: number | null;
        };
        /** @enum {string} */
        ColorScale: "sequential" | "diverging";
        /** @description One column of a dataset version. */
        Column: {
            /** @description Whether the column holds few different values, each again and again. */
            category?: boolean;
            encoding?: components["schemas"]["Encoding"];
            /** @description The header, made unique within the table (`name`, `name_2`, …). */
            name: string;
            /**
             * Format: int64
             * @description How many cells are missing.
             */
            nulls: number;
            /** @description `UTC` where the file gives offsets; the values are in UTC then. */
            time_zone?: string | null;
            type: components["schemas"]["ColumnType"];
            /** @description What the numbers are written with: a currency (`USD`, `€`) or `percent`. The values are as written: 12.5 for 12.5 %. */
            unit?: string | null;
        };
        /** @description Figures of one column in one group; null where there is no value. Definitions: `grouped` in `docs/methods.md`. */
        ColumnStatistics: {
            column: string;
            /**
             * Format: int64
             * @description Cells that hold a value.
             */
            count: number;
            /** Format: double */
            mean?: number | null;
            /** Format: double */
            median?: number | null;
            /** @description The most frequent value, the smallest of equally frequent ones. */
            mode: unknown;
        };
        /**
         * @description Everything known about one column. `count` and all figures leave nulls out.
         *     Exactly one of `numeric`, `boolean`, `temporal` and `text` is present, by the column's type.
         */
        ColumnSummary: {
            /**
             * @description Whether sketches told the quantiles and what is made of them, `distinct` and `top`: so it is in profiles of columns
             *     with more rows than `ingest.exact_rows` and many different values. Counts, extremes, sums and moments are exact.
             */
            approximate?: boolean;
            boolean?: components["schemas"]["BooleanSummary"] | null;
            /**
             * Format: int64
             * @description Cells that hold a value (NaN and infinities included).
             */
            count: number;
            /**
             * Format: int64
             * @description Different values among the cells that hold one; NaN counts as one value.
             */
            distinct: number;
            encoding: components["schemas"]["Encoding"];
            /**
             * Format: double
             * @description Shannon's entropy of the values in nats: −Σ p ln p; null without a value.
             */
            entropy?: number | null;
            error_bounds?: components["schemas"]["ErrorBounds"] | null;
            histogram?: components["schemas"]["Histogram"] | null;
            name: string;
            /** @description What a person should know before trusting the figures; only in profiles. */
            notes?: components["schemas"]["QualityNote"][];
            /** Format: int64 */
            nulls: number;
            numeric?: components["schemas"]["NumericSummary"] | null;
            temporal?: components["schemas"]["TemporalSummary"] | null;
            text?: components["schemas"]["TextSummary"] | null;
            /** @description The most frequent values, most frequent first, ties in ascending order of value. */
            top: components["schemas"]["TopValue"][];
            type: components["schemas"]["ColumnType"];
        };
        /**
         * @description The type of a column, decided over the whole file.
         * @enum {string}
         */
        ColumnType: "integer" | "float" | "boolean" | "date" | "datetime" | "text" | "decimal" | "time";
        /** @description A job as its owner sees it. */
        CompareJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["CompareOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description What a test found. Figures that are not defined are null; definitions and sources: `docs/methods.md`. */
        CompareOutcome: {
            alternative: components["schemas"]["Alternative"];
            assumptions: components["schemas"]["Assumption"][];
            contingency_table?: components["schemas"]["ContingencyTable"] | null;
            /** @description Degrees of freedom: one for t, H and chi-square, two (between, within) for F, none for U and Fisher's test. */
            degrees_of_freedom: number[];
            /** @description Most telling first. */
            effects: components["schemas"]["Interval"][];
            estimate?: components["schemas"]["Interval"] | null;
            /** @description How the figures were found, where there is a choice, and why one is missing. */
            notes: string[];
            /** Format: double */
            p_value?: number | null;
            /**
             * Format: int64
             * @description Rows that were used.
             */
            rows: number;
            /**
             * Format: int64
             * @description Rows without a usable value: missing, NaN, infinite, or of a group not asked for.
             */
            rows_left_out: number;
            samples: components["schemas"]["SampleFigures"][];
            statistic?: components["schemas"]["NamedFigure"] | null;
            test: components["schemas"]["Test"];
            variance_table?: components["schemas"]["VarianceTable"] | null;
        };
        /** @description The samples are the groups of `value` by `by`, or the columns named in `columns`. */
        CompareParams: {
            /** @description What is suspected of the first sample against the second; tests of more than two samples have two sides only. */
            alternative?: components["schemas"]["Alternative"];
            /** @description The column that names the group of each row. */
            by?: string | null;
            /** @description Instead of `value` and `by`: the columns to compare. Two for `paired`, `chi_square` and `fisher_exact`. */
            columns?: string[] | null;
            /**
             * Format: double
             * @description The level of confidence intervals.
             * @default 0.95
             */
            confidence: number;
            /**
             * @description Yates' correction of a 2 × 2 chi-square and the continuity correction of Mann–Whitney.
             * @default true
             */
            correction: boolean;
            /** Format: uuid */
            dataset_id: string;
            /** @description Only rows that satisfy all these conditions. */
            filter?: components["schemas"]["Condition"][];
            /** @description The groups to compare, in this order; all of them in ascending order unless given. */
            groups?: unknown[] | null;
            /** @description How Mann–Whitney finds its p-value. */
            method?: components["schemas"]["RankMethod"];
            test: components["schemas"]["Test"];
            /** @description The numeric column whose groups are compared. */
            value?: string | null;
        };
        /** @enum {string} */
        Comparison: "previous" | "year_before";
        /**
         * @description What a file is packed with, decided by its content.
         * @enum {string}
         */
        Compression: "none" | "gzip" | "zstd";
        /**
         * @description One condition on the cells of one column. A row is kept if all conditions hold.
         *
         *     A missing cell satisfies `is_null` alone, neither `ne` nor `not_in`. NaN satisfies `ne`, `not_in` and `not_null`.
         */
        Condition: {
            column: string;
            op: components["schemas"]["Operator"];
            /**
             * @description For `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `contains`, `starts_with` and `ends_with`: a value of the column's type.
             *     Dates and datetimes are ISO 8601 strings; integers beyond 2^53 may be strings.
             */
            value?: unknown;
            /** @description For `in` and `not_in` the list, for `between` the lowest and the highest value, both kept. */
            values?: unknown[] | null;
        };
        /**
         * @description What the kernel keeps the compute children of a worker from. What is false here, the kernel of that machine does not
         *     offer; children then still run without secrets, and the worker's log says what is missing.
         */
        Confinement: {
            /** @description Files beside those of the storage (Landlock). */
            files: boolean;
            /** @description Sockets, other programs and other processes (seccomp). */
            network: boolean;
        };
        /** @description `observed[i][j]` counts the rows with `rows[i]` in the first column and `columns[j]` in the second. */
        ContingencyTable: {
            /** @description (observed − expected) / √(expected · (1 − row share) · (1 − column share)). */
            adjusted_residuals: (number | null)[][];
            columns: unknown[];
            /** @description Row total times column total over the total. */
            expected: number[][];
            observed: number[][];
            rows: unknown[];
        };
        /** @enum {string} */
        Correction: "none" | "bonferroni" | "holm" | "bh";
        /** @description A job as its owner sees it. */
        CorrelationJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["CorrelationOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @enum {string} */
        CorrelationMethod: "pearson" | "spearman" | "kendall" | "point_biserial" | "cramers_v" | "mutual_information" | "missing";
        /** @description One part for each method, in the order asked for. */
        CorrelationOutcome: {
            /** Format: double */
            confidence: number;
            correction: components["schemas"]["Correction"];
            methods: components["schemas"]["MethodOutcome"][];
            /**
             * Format: int64
             * @description The rows that the filter keeps.
             */
            rows: number;
        };
        /** @description Which columns to relate and how. */
        CorrelationParams: {
            /** @description Which rows count where cells are missing. */
            cases?: components["schemas"]["Cases"];
            /** @description The columns to relate; each method takes those that suit it. All that suit it unless given. */
            columns?: string[] | null;
            /**
             * Format: double
             * @description The level of the confidence intervals.
             * @default 0.95
             */
            confidence: number;
            /**
             * @description Numeric columns to hold constant: `pearson` and `spearman` become partial correlations, over the rows in which
             *     no column is missing.
             */
            control?: string[];
            /** @description How the p-values of one method are corrected for being many. */
            correction?: components["schemas"]["Correction"];
            /** Format: uuid */
            dataset_id: string;
            /** @description The rows to take: those that satisfy all conditions. */
            filter?: components["schemas"]["Condition"][];
            /**
             * @default [
             *       "pearson"
             *     ]
             */
            methods: components["schemas"]["CorrelationMethod"][];
        };
        /** @description An account to make. */
        CreateUser: {
            /** Format: email */
            email: string;
            /**
             * Format: password
             * @description At least 8 characters, at most 72 bytes, and not easy to guess.
             */
            password: string;
            role: components["schemas"]["Role"];
            /** @description 3 to 64 letters, digits, `.`, `_` or `-`. */
            username: string;
        };
        /** @description A dataset as its owner sees it. */
        Dataset: {
            /**
             * Format: int64
             * @description Size of the uploaded file.
             */
            bytes: number;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was put in the bin, for one that is there.
             */
            deleted_at?: string | null;
            description: string;
            error?: components["schemas"]["Failure"] | null;
            /** @description The uploaded file's name, where the upload gave one. */
            file_name?: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description SHA-256 of the uploaded file, in hex. */
            sha256: string;
            status: components["schemas"]["DatasetStatus"];
            /** Format: date-time */
            updated_at: string;
            version?: components["schemas"]["DatasetVersion"] | null;
        };
        /** @description What may be changed of a dataset; fields left out stay. */
        DatasetPatch: {
            description?: string | null;
            name?: string | null;
        };
        /** @enum {string} */
        DatasetStatus: "uploaded" | "processing" | "ready" | "failed";
        /** @description An immutable version of a dataset. */
        DatasetVersion: {
            /**
             * Format: int64
             * @description Size of the stored Parquet file.
             */
            bytes: number;
            columns: components["schemas"]["Column"][];
            /** @description SHA-256 over schema and values, in hex. */
            content_hash: string;
            /** Format: date-time */
            created_at: string;
            dialect: components["schemas"]["Dialect"];
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The job that made this version.
             */
            job_id: string;
            lineage: components["schemas"]["Lineage"];
            /**
             * Format: int32
             * @description Counted from 1 within the dataset.
             */
            number: number;
            /**
             * Format: int64
             * @description Malformed rows that were left out; `GET /datasets/{id}/quarantine` has them.
             */
            quarantine_rows: number;
            /** Format: int64 */
            rows: number;
            /**
             * Format: int64
             * @description Rows in the file: `rows` and `quarantine_rows`.
             */
            rows_in: number;
        };
        /**
         * @description In which order day, month and year stand.
         * @enum {string}
         */
        DateOrder: "ymd" | "dmy" | "mdy";
        /** @description The rows that agree in the columns of `by`. */
        DescribedGroup: {
            columns: components["schemas"]["ColumnSummary"][];
            /** @description One value for each column of `by`; null where it is missing. */
            key: unknown[];
            /** Format: int64 */
            rows: number;
        };
        /** @description A job as its owner sees it. */
        DescriptiveJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["DescriptiveOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description The summaries in the order asked for. */
        DescriptiveOutcome: {
            /** @description Empty where groups were asked for. */
            columns: components["schemas"]["ColumnSummary"][];
            /** @description With `by`: the groups in order of their keys, missing ones last. */
            groups?: components["schemas"]["DescribedGroup"][] | null;
            /**
             * Format: int64
             * @description The rows that the filter keeps.
             */
            rows: number;
            source: components["schemas"]["Origin"];
        };
        /** @description What to describe. What a profile holds is answered from it, at once; anything else is computed. */
        DescriptiveParams: {
            /** @description Columns whose values divide the rows into groups, each described by itself. */
            by?: string[];
            /** @description The columns to describe, in this order; all of them unless given. */
            columns?: string[] | null;
            /**
             * Format: double
             * @description The level of the confidence interval of the mean.
             * @default 0.95
             */
            confidence: number;
            /** Format: uuid */
            dataset_id: string;
            /** @description Compute even what the profile holds. */
            exact?: boolean;
            /** @description The rows to take: those that satisfy all conditions. */
            filter?: components["schemas"]["Condition"][];
            /**
             * @description Percentiles of numeric columns, each from 0 to 100.
             * @default [
             *       5,
             *       25,
             *       50,
             *       75,
             *       95
             *     ]
             */
            percentiles: number[];
            /** @description How quantiles are read between values: the nine types of Hyndman and Fan by the names that NumPy gives them. */
            quantiles?: components["schemas"]["QuantileType"];
            /**
             * Format: int32
             * @description How many of the most frequent values to list, at most 1,000.
             * @default 10
             */
            top: number;
            /**
             * Format: double
             * @description The share of values that the trimmed mean leaves out at each end.
             * @default 0.1
             */
            trim: number;
            /** @description A numeric column whose values say how much each row counts: numeric columns get `weighted` figures too. */
            weights?: string | null;
        };
        Diagnostics: {
            breusch_pagan?: components["schemas"]["TestFigures"] | null;
            /**
             * Format: double
             * @description Of the columns scaled to length 1; above 30 coefficients are poorly determined.
             */
            condition_number?: number | null;
            /**
             * Format: double
             * @description Of the residuals in order of row; 2 means no correlation of neighbours.
             */
            durbin_watson?: number | null;
            /** @description The rows with the largest Cook's distance. */
            influential: components["schemas"]["InfluentialRow"][];
            jarque_bera?: components["schemas"]["TestFigures"] | null;
            /** @description Least, quartiles and largest residual. */
            residuals: components["schemas"]["NamedFigure"][];
        };
        /** @description How the file was read. */
        Dialect: {
            /** @description Why each choice was made. */
            choices?: components["schemas"]["Choice"][];
            /** @description What the lines that were left out as comments begin with. */
            comment?: string | null;
            compression?: components["schemas"]["Compression"] | null;
            date_order?: components["schemas"]["DateOrder"] | null;
            decimal_mark?: string | null;
            /** @description Field separator of a CSV file. */
            delimiter?: string | null;
            /** @description `utf-8`, `utf-8-bom`, or another name of the WHATWG Encoding Standard in lower case. */
            encoding: string;
            /** @description The character before a quote that belongs to the text; the quote itself where quotes are doubled. */
            escape?: string | null;
            /** @description Whether the first record held the column names. */
            header: boolean;
            kind: components["schemas"]["SourceKind"];
            line_end?: components["schemas"]["LineEnd"] | null;
            /** @description Spellings of missing cells that the usual list does not hold. */
            null_values?: string[];
            /** @description The character around fields; absent if no field needs one. */
            quote?: string | null;
            /** @description The sheet of a workbook. */
            sheet?: string | null;
            /**
             * Format: int64
             * @description Lines left out before the table.
             */
            skip_rows?: number;
            thousands_mark?: string | null;
            /** @description What a person should know: ambiguous dates, mixed formats, types that were not taken. */
            warnings?: string[];
        };
        /** @description A job as its owner sees it. */
        DistributionJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["DistributionOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description Figures are of the finite values among the rows that the filter keeps. A figure that is not defined is null. */
        DistributionOutcome: {
            column: string;
            /**
             * Format: int64
             * @description The finite values among them; the others are missing, NaN or infinite.
             */
            count: number;
            ecdf?: components["schemas"]["EcdfPart"] | null;
            /** @description Best first, by AIC; those that the values do not allow at the end. */
            fits?: components["schemas"]["Fit"][] | null;
            histogram?: components["schemas"]["HistogramPart"] | null;
            kde?: components["schemas"]["KdePart"] | null;
            outliers?: components["schemas"]["OutliersPart"] | null;
            qq?: components["schemas"]["QqPart"] | null;
            /**
             * Format: int64
             * @description The rows that the filter keeps.
             */
            rows: number;
            tests?: components["schemas"]["NormalityTest"][] | null;
        };
        /** @description Which column to look at and how. */
        DistributionParams: {
            bandwidth?: components["schemas"]["Bandwidth"];
            /** @description A numeric column. */
            column: string;
            /** Format: uuid */
            dataset_id: string;
            /** @description The rows to take: those that satisfy all conditions. */
            filter?: components["schemas"]["Condition"][];
            /** @description Which distributions to fit; all that the values allow unless given. */
            fits?: components["schemas"]["Family"][];
            histogram?: components["schemas"]["Bins"];
            /**
             * Format: double
             * @description How many interquartile ranges beyond the quartiles an outlier lies.
             * @default 1.5
             */
            iqr_factor: number;
            /**
             * Format: double
             * @description How many scaled median absolute deviations from the median an outlier lies.
             * @default 3.5
             */
            mad_limit: number;
            /**
             * Format: int32
             * @description How many outliers of each rule to list with their rows.
             * @default 100
             */
            outlier_rows: number;
            /** @description What to compute; everything unless given. */
            parts?: components["schemas"]["Part"][];
            /**
             * Format: int32
             * @description At how many places the density is told.
             * @default 512
             */
            points: number;
            /**
             * Format: double
             * @description How many standard deviations from the mean an outlier lies.
             * @default 3
             */
            z_limit: number;
        };
        /** @description The share of values up to and including each value. */
        EcdfPart: {
            /** @description Whether every different value is listed; otherwise 1,000 of them at equal steps of rank. */
            complete: boolean;
            shares: number[];
            values: number[];
        };
        /**
         * @description How a column's values travel in JSON.
         * @enum {string}
         */
        Encoding: "plain" | "string";
        /** @description How far figures that sketches told may be off. */
        ErrorBounds: {
            /**
             * Format: double
             * @description Of `distinct`, relative: three standard deviations of the estimate, which three columns of a thousand exceed.
             */
            distinct: number;
            /**
             * Format: double
             * @description Of quantiles, outliers, histogram, trimmed mean, Gini coefficient and median absolute deviation: a value that is told
             *     for the share p stands at a share within p ± this. It always holds. Null for text.
             */
            rank?: number | null;
            /**
             * Format: int64
             * @description The counts in `top` are exact; a value that is missing there stands at most so many times more often than the last of
             *     them.
             */
            top: number;
        };
        /**
         * @description What went wrong, in one word a program can match on. Stable: codes are added, never renamed.
         * @enum {string}
         */
        ErrorCode: "malformed_request" | "unauthenticated" | "invalid_credentials" | "forbidden" | "not_found" | "method_not_allowed" | "not_acceptable" | "request_timeout" | "conflict" | "idempotency_in_progress" | "length_required" | "payload_too_large" | "unsupported_media_type" | "validation_failed" | "idempotency_mismatch" | "rate_limited" | "internal" | "unavailable" | "insufficient_storage" | "invalid_file" | "infected_file" | "invalid_parameters" | "not_ready" | "cancelled" | "timed_out" | "out_of_memory" | "crashed" | "worker_lost";
        /** @description Why a job or an ingest failed: what happened, where in the file, and what to do about it. */
        Failure: {
            /** @description What the person can do. */
            advice?: string | null;
            code: components["schemas"]["ErrorCode"];
            /** @description The column's name, or its number counted from 1 where it has none. */
            column?: string | null;
            /** @description The first malformed rows, where too many of them made the file fail; at most five. */
            examples?: components["schemas"]["QuarantinedRow"][];
            /**
             * Format: int64
             * @description The line of the uploaded file, counted from 1.
             */
            line?: number | null;
            /** @description One sentence for a person. */
            message: string;
            /** @description The offending value, shortened to 200 characters. */
            value?: string | null;
        };
        /** @enum {string} */
        Family: "normal" | "log_normal" | "exponential" | "shifted_exponential" | "gamma" | "weibull" | "uniform" | "beta";
        /**
         * @description One value that is wrong, and where it stands in the request (a JSON pointer such as `/columns/0`,
         *     or the name of a query parameter or header).
         */
        FieldError: {
            detail: string;
            pointer: string;
        };
        Fit: {
            /** Format: double */
            aic?: number | null;
            /** Format: double */
            bic?: number | null;
            distribution: components["schemas"]["Family"];
            /**
             * Format: double
             * @description The largest distance between the fitted and the empirical distribution function.
             */
            ks?: number | null;
            /** Format: double */
            log_likelihood?: number | null;
            /** @description Why there is no fit. */
            note?: string | null;
            /**
             * Format: double
             * @description Of the Kolmogorov–Smirnov test. The parameters were fitted to the same values, so it is larger than it should be.
             */
            p_value?: number | null;
            /** @description By name, as `docs/methods.md` defines them. */
            parameters: {
                [key: string]: number;
            };
            /**
             * Format: int32
             * @description 1 for the best, by AIC.
             */
            rank?: number | null;
        };
        /** @enum {string} */
        Function: "sum" | "mean" | "median" | "mode" | "count" | "n_unique" | "min" | "max" | "std" | "var" | "quantile" | "first" | "last";
        Gap: {
            from: string;
            /** Format: double */
            seconds: number;
            to: string;
        };
        /** @enum {string} */
        Gaps: "null" | "zero" | "previous" | "linear";
        /**
         * @description A calendar period. Weeks begin on Monday (ISO 8601); times are taken as the column holds them.
         * @enum {string}
         */
        Granularity: "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";
        /** @description One group. */
        Group: {
            /** @description One value for each column of `by`, null where cells are missing; empty for `other` and `totals`. */
            key: unknown[];
            /** Format: int64 */
            rows: number;
            /** @description One share for each measure, null where none was asked for; absent if none was asked for at all. */
            shares?: (number | null)[];
            /** @description One figure for each measure. */
            values: unknown[];
        };
        GroupBy: {
            column: string;
            every?: components["schemas"]["Granularity"] | null;
        };
        GroupSort: {
            /** @description The name of a measure or a column of `by`. */
            by: string;
            descending?: boolean;
        };
        GroupStatistics: {
            /** @description One value for each column of `by`, null where cells are missing. */
            key: unknown[];
            /** Format: int64 */
            rows: number;
            statistics: components["schemas"]["ColumnStatistics"][];
        };
        /** @description A job as its owner sees it. */
        GroupedJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["GroupedOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description Groups and their figures. A figure that is not defined is null; definitions and sources: `docs/methods.md`. */
        GroupedOutcome: {
            /** @description The columns of the keys. */
            by: components["schemas"]["GroupBy"][];
            /**
             * Format: int64
             * @description How many groups there are, in the answer or not.
             */
            groups: number;
            items: components["schemas"]["Group"][];
            /** @description The names of the figures. */
            measures: string[];
            other?: components["schemas"]["Group"] | null;
            /**
             * Format: int64
             * @description Rows that the filter keeps.
             */
            rows: number;
            totals?: components["schemas"]["Group"] | null;
            /** @description Whether `limit` left groups out. */
            truncated: boolean;
        };
        /** @description Which figures of which groups. */
        GroupedParams: {
            /** @description What rows of one group have in common; cells that are missing form a group of their own. */
            by: components["schemas"]["GroupBy"][];
            /** Format: uuid */
            dataset_id: string;
            /** @description Only rows that satisfy all these conditions. */
            filter?: components["schemas"]["Condition"][];
            /**
             * Format: int32
             * @description At most so many groups in the answer.
             * @default 1000
             */
            limit: number;
            measures: components["schemas"]["Measure"][];
            /** @description With `top`: the figures of all rows that are in none of these groups. */
            other?: boolean;
            sort?: components["schemas"]["GroupSort"] | null;
            /**
             * Format: int32
             * @description Only so many groups, the largest by the first measure unless `sort` says otherwise.
             */
            top?: number | null;
            /** @description The figures of all rows together. */
            totals?: boolean;
        };
        /** @description The state of the server and of each part it needs. */
        Health: {
            /** @description `database`, `queue`, `storage`, `disk`, `worker`: each with its own state. */
            parts: {
                [key: string]: components["schemas"]["PartHealth"];
            };
            status: components["schemas"]["HealthStatus"];
            version: string;
        };
        /** @enum {string} */
        HealthStatus: "ok" | "failing";
        /** @description `edges` has one more entry than `counts`; a bin holds its left edge, the last one also its right. */
        Histogram: {
            counts: number[];
            edges: number[];
        };
        /** @description `edges` has one more entry than `counts`; a bin holds its left edge, the last one also its right. */
        HistogramPart: {
            /** Format: int64 */
            above: number;
            /**
             * Format: int64
             * @description Values below the first edge and above the last, where edges were given.
             */
            below: number;
            /** @description Whether the rule asked for more bins than there may be. */
            capped: boolean;
            counts: number[];
            edges: number[];
            /** @description What decided the bins; `sturges` also where the asked rule has no width (quartiles that coincide). */
            rule: string;
        };
        /** @enum {string} */
        ImageFormat: "png" | "svg" | "pdf" | "csv";
        InfluentialRow: {
            /** Format: double */
            cooks_distance?: number | null;
            /** Format: double */
            leverage?: number | null;
            /** Format: double */
            residual?: number | null;
            /**
             * Format: int64
             * @description Position in the table, counted from 0.
             */
            row: number;
            /**
             * Format: double
             * @description The residual over its deviation in a fit without this row.
             */
            studentized_residual?: number | null;
        };
        /** @description A figure; `low` and `high` bound its confidence interval where it has one, null meaning unbounded or undefined. */
        Interval: {
            /** Format: double */
            confidence?: number | null;
            /** Format: double */
            high?: number | null;
            /** Format: double */
            low?: number | null;
            name: string;
            /** Format: double */
            value?: number | null;
        };
        /** @description A job as its owner sees it. */
        Job: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            /** @description The outcome, where the request waited for it (`Prefer: wait`). */
            result?: Record<string, never> | null;
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description The outcome of a job that succeeded. */
        JobResult: {
            /** Format: double */
            age_seconds?: number | null;
            cached: boolean;
            /**
             * Format: date-time
             * @description When the figures were computed.
             */
            computed_at: string;
            /** Format: uuid */
            job_id: string;
            kind: string;
            /** @description The outcome; its shape is the kind's (`DescriptiveOutcome`, `IngestOutcome`, `ExportOutcome`, …). */
            result: Record<string, never>;
        };
        /**
         * @description `queued` and `running` change; the other three are final.
         * @enum {string}
         */
        JobStatus: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        /** @description Which jobs wait for a worker again. */
        JobsRetried: {
            /** @description Whether more dead jobs fit than were looked at. */
            more: boolean;
            /** @description Their ids. */
            retried: string[];
        };
        /** @enum {string} */
        KdeMethod: "direct" | "binned_fft";
        /** @description A Gaussian kernel density estimate, from three bandwidths below the smallest value to three above the largest. */
        KdePart: {
            /**
             * Format: double
             * @description The standard deviation of the kernel; null where the values do not vary.
             */
            bandwidth?: number | null;
            densities: number[];
            method: components["schemas"]["KdeMethod"];
            points: number[];
        };
        Lag: {
            /** Format: double */
            autocorrelation?: number | null;
            /** Format: int64 */
            lag: number;
            /** Format: double */
            partial?: number | null;
        };
        /**
         * @description Which slots run a job: quick work never waits behind long work.
         * @enum {string}
         */
        Lane: "interactive" | "batch";
        /** @description What waits in a lane. */
        LaneDepth: {
            /**
             * Format: int64
             * @description Queued executions.
             */
            depth: number;
            lane: components["schemas"]["Lane"];
            /**
             * Format: double
             * @description How long the oldest of them has waited, in seconds; null when none waits.
             */
            oldest_seconds?: number | null;
        };
        /** @description What this server accepts. */
        Limits: {
            /**
             * Format: int32
             * @description Log-ins, registrations and refreshes a minute, per account and address.
             */
            auth_per_minute: number;
            /** Format: int64 */
            body_bytes: number;
            /** Format: int32 */
            list_limit: number;
            /** Format: int64 */
            upload_bytes: number;
            /** Format: int32 */
            wait_seconds: number;
        };
        /**
         * @description How the lines of a text file end.
         * @enum {string}
         */
        LineEnd: "lf" | "crlf" | "cr" | "mixed";
        /** @enum {string} */
        LineGaps: "show" | "connect" | "zero";
        /** @description How a version came to be. */
        Lineage: {
            operation: components["schemas"]["Operation"];
            /**
             * Format: int32
             * @description The number of the version that this one continues.
             */
            parent?: number | null;
            source?: components["schemas"]["SourceFile"] | null;
        };
        LinearFit: {
            /** Format: double */
            adjusted_r_squared?: number | null;
            diagnostics: components["schemas"]["Diagnostics"];
            /**
             * Format: double
             * @description Against the model with nothing but the intercept (or nothing at all).
             */
            f?: number | null;
            f_degrees_of_freedom: number[];
            /** Format: double */
            f_p_value?: number | null;
            /** Format: double */
            model_squares?: number | null;
            /**
             * Format: double
             * @description Without an intercept, of the squares of the target itself and not of its deviations from the mean.
             */
            r_squared?: number | null;
            /** Format: double */
            residual_squares?: number | null;
            /**
             * Format: double
             * @description √(residual squares / residual degrees of freedom).
             */
            residual_std_error?: number | null;
        };
        /** @description Either `email` or `username`. */
        LoginRequest: {
            email?: string | null;
            /** Format: password */
            password: string;
            username?: string | null;
        };
        LogisticFit: {
            /**
             * Format: double
             * @description Rows told right at a probability of 0.5.
             */
            accuracy?: number | null;
            /**
             * Format: double
             * @description The area under the receiver operating characteristic.
             */
            auc?: number | null;
            /** Format: double */
            deviance?: number | null;
            /** Format: int64 */
            failures: number;
            /** Format: int32 */
            iterations: number;
            likelihood_ratio?: components["schemas"]["TestFigures"] | null;
            /**
             * Format: double
             * @description Of the model with nothing but the intercept.
             */
            null_deviance?: number | null;
            pseudo_r_squared: components["schemas"]["PseudoRSquared"];
            separation?: components["schemas"]["Separation"] | null;
            success: unknown;
            /** Format: int64 */
            successes: number;
        };
        MannKendall: {
            /** Format: double */
            p_value?: number | null;
            /**
             * Format: double
             * @description Pairs that rise less pairs that fall.
             */
            s: number;
            /** Format: double */
            tau?: number | null;
            /** Format: double */
            z?: number | null;
        };
        MeanInterval: {
            /** Format: double */
            confidence: number;
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
        };
        /** @description One figure of each group. */
        Measure: {
            /** @description The column; `count` without one counts rows. */
            column?: string | null;
            function: components["schemas"]["Function"];
            /** @description The name in the answer; made of function and column unless given. */
            name?: string | null;
            /**
             * Format: double
             * @description For `quantile`, from 0 to 1.
             */
            quantile?: number | null;
            /** @description For `sum` and `count`: also what part of all rows' figure it is. */
            share?: boolean;
        };
        MethodOutcome: {
            /** @description The columns that the method took, in the order of the matrix. */
            columns: string[];
            /** @description What was held constant. */
            control?: string[];
            /** @description `value` of every pair, symmetric; the diagonal is 1 for a column that varies (its entropy for `mutual_information`). */
            matrix: (number | null)[][];
            method: components["schemas"]["CorrelationMethod"];
            /** @description Every pair once. */
            pairs: components["schemas"]["PairOutcome"][];
            /** @description For `missing`: which columns are missing together, most frequent first, at most 20. */
            patterns?: components["schemas"]["MissingPattern"][] | null;
        };
        MissingPattern: {
            /** @description The columns that are missing; none for complete rows. */
            columns: string[];
            /** Format: int64 */
            rows: number;
        };
        /** @enum {string} */
        Model: "linear" | "logistic";
        NamedFigure: {
            name: string;
            /** Format: double */
            value?: number | null;
        };
        /** @description Values that are no finite number. They count as present, and stand in no other figure. */
        NonFinite: {
            /** Format: int64 */
            nan: number;
            /** Format: int64 */
            negative_infinity: number;
            /** Format: int64 */
            positive_infinity: number;
        };
        /** @description The null hypothesis of each test: the values come from a normal distribution. */
        NormalityTest: {
            /** @description `dagostino_k2`, `jarque_bera`, `anderson_darling` or `shapiro_wilk`. */
            name: string;
            /** @description Why there is no figure. */
            note?: string | null;
            /** Format: double */
            p_value?: number | null;
            /** Format: double */
            statistic?: number | null;
        };
        /** @enum {string} */
        NoteKind: "all_missing" | "constant" | "candidate_key" | "outliers" | "suspicious_zeros" | "spaces" | "mixed_formats" | "personal_data";
        /**
         * @description Moments, extremes and quantiles of the finite values. A figure that is not defined
         *     (the mean of nothing, the deviation of one value, the skewness of a constant) is null.
         *     Definitions and sources: `docs/methods.md`.
         */
        NumericSummary: {
            /**
             * Format: double
             * @description Null unless all values are above 0.
             */
            geometric_mean?: number | null;
            /**
             * Format: double
             * @description The Gini coefficient; null with a negative value or a sum of 0.
             */
            gini?: number | null;
            /**
             * Format: double
             * @description Null unless all values are above 0.
             */
            harmonic_mean?: number | null;
            /** Format: double */
            iqr?: number | null;
            /**
             * Format: double
             * @description Excess kurtosis G2, bias corrected; null below four values or for a constant column.
             */
            kurtosis?: number | null;
            /**
             * Format: double
             * @description The smallest value above 0.
             */
            least_positive?: number | null;
            /**
             * Format: double
             * @description The median of the absolute deviations from the median, not scaled.
             */
            mad?: number | null;
            max: unknown;
            /** Format: double */
            mean?: number | null;
            mean_interval?: components["schemas"]["MeanInterval"] | null;
            /** Format: double */
            median?: number | null;
            min: unknown;
            /** @description The most frequent value; the smallest of several equally frequent ones. */
            mode: unknown;
            /** Format: int64 */
            negatives: number;
            non_finite: components["schemas"]["NonFinite"];
            /**
             * Format: int64
             * @description Values below q1 − 1.5 iqr or above q3 + 1.5 iqr.
             */
            outliers_iqr: number;
            /**
             * Format: int64
             * @description Values more than three standard deviations from the mean.
             */
            outliers_z: number;
            percentiles: components["schemas"]["Percentile"][];
            /** Format: double */
            q1?: number | null;
            /** Format: double */
            q3?: number | null;
            range: unknown;
            /**
             * Format: double
             * @description Adjusted Fisher–Pearson skewness G1; null below three values or for a constant column.
             */
            skewness?: number | null;
            /**
             * Format: double
             * @description Standard deviation with n − 1.
             */
            std?: number | null;
            /** @description Exact for integers (as a string beyond 2^53), compensated for floats. */
            sum: unknown;
            /**
             * Format: double
             * @description The mean without the smallest and the largest tenth (or the share asked for).
             */
            trimmed_mean?: number | null;
            /**
             * Format: double
             * @description Variance with n − 1.
             */
            variance?: number | null;
            weighted?: components["schemas"]["WeightedSummary"] | null;
            /** Format: int64 */
            zeros: number;
        };
        /** @enum {string} */
        Operation: "ingest" | "append";
        /**
         * @description Text is compared byte by byte and with regard to case.
         * @enum {string}
         */
        Operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "in" | "not_in" | "between" | "contains" | "starts_with" | "ends_with" | "is_null" | "not_null";
        /**
         * @description The order of values on an axis.
         * @enum {string}
         */
        Order: "label" | "-label" | "value" | "-value" | "data";
        /** @enum {string} */
        Orientation: "vertical" | "horizontal";
        /**
         * @description Where the figures come from; they are the same.
         * @enum {string}
         */
        Origin: "profile" | "computed";
        OutlierRow: {
            /**
             * Format: int64
             * @description The row of the dataset, counted from 0.
             */
            row: number;
            /** Format: double */
            value: number;
        };
        /** @description Values below `low` or above `high`. */
        OutlierRule: {
            /** Format: int64 */
            count: number;
            /** Format: double */
            high?: number | null;
            /** Format: double */
            low?: number | null;
            /** @description In order of row. */
            rows: components["schemas"]["OutlierRow"][];
        };
        OutliersPart: {
            iqr: components["schemas"]["OutlierRule"];
            mad: components["schemas"]["OutlierRule"];
            z_score: components["schemas"]["OutlierRule"];
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_AdminUser: {
            items: {
                /** Format: date-time */
                created_at: string;
                /** @description Whether the account is shut out: it cannot sign in, and its sessions have ended. */
                disabled: boolean;
                /** @description Why, where somebody said so. */
                disabled_reason?: string | null;
                email: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                last_login?: string | null;
                role: components["schemas"]["Role"];
                username: string;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_AnalysisKindInfo: {
            items: {
                /** @description A request body, without `dataset_id`. */
                example: Record<string, never>;
                /** @description The definition of each figure, in Markdown, by the name of its field in the outcome. */
                figures: {
                    [key: string]: string;
                };
                lane: components["schemas"]["Lane"];
                /** @description Definition, assumptions, null handling, edge cases and source of every figure, in Markdown. */
                methods: string;
                /** @description The last part of the path, `POST /analysis/{name}`. */
                name: string;
                /** @description The JSON schema of the request body; `$ref`s point into `/api/openapi.json`. */
                parameters: Record<string, never>;
                summary: string;
                /**
                 * Format: int64
                 * @description How long a job of this kind may run on this server.
                 */
                timeout_seconds: number;
                title: string;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_AuditEvent: {
            items: {
                /** @description Noun and verb, such as `dataset.upload`. */
                action: string;
                /**
                 * Format: uuid
                 * @description Who did it; null where nobody was signed in.
                 */
                actor?: string | null;
                /** @description The user name of that account, while the account exists. */
                actor_name?: string | null;
                /** @description The network address of the request. */
                address: string;
                /** @description More about it, never a secret. */
                detail: Record<string, never>;
                /** Format: date-time */
                happened_at: string;
                /** Format: uuid */
                id: string;
                /** @description `ok`, or why it did not happen. */
                outcome: string;
                request_id: string;
                /** @description What it was done to: an id, or the name that was given. */
                target?: string | null;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_Column: {
            items: {
                /** @description Whether the column holds few different values, each again and again. */
                category?: boolean;
                encoding?: components["schemas"]["Encoding"];
                /** @description The header, made unique within the table (`name`, `name_2`, …). */
                name: string;
                /**
                 * Format: int64
                 * @description How many cells are missing.
                 */
                nulls: number;
                /** @description `UTC` where the file gives offsets; the values are in UTC then. */
                time_zone?: string | null;
                type: components["schemas"]["ColumnType"];
                /** @description What the numbers are written with: a currency (`USD`, `€`) or `percent`. The values are as written: 12.5 for 12.5 %. */
                unit?: string | null;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_Dataset: {
            items: {
                /**
                 * Format: int64
                 * @description Size of the uploaded file.
                 */
                bytes: number;
                /** Format: date-time */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When it was put in the bin, for one that is there.
                 */
                deleted_at?: string | null;
                description: string;
                error?: components["schemas"]["Failure"] | null;
                /** @description The uploaded file's name, where the upload gave one. */
                file_name?: string | null;
                /** Format: uuid */
                id: string;
                name: string;
                /** @description SHA-256 of the uploaded file, in hex. */
                sha256: string;
                status: components["schemas"]["DatasetStatus"];
                /** Format: date-time */
                updated_at: string;
                version?: components["schemas"]["DatasetVersion"] | null;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_DatasetVersion: {
            items: {
                /**
                 * Format: int64
                 * @description Size of the stored Parquet file.
                 */
                bytes: number;
                columns: components["schemas"]["Column"][];
                /** @description SHA-256 over schema and values, in hex. */
                content_hash: string;
                /** Format: date-time */
                created_at: string;
                dialect: components["schemas"]["Dialect"];
                /** Format: uuid */
                id: string;
                /**
                 * Format: uuid
                 * @description The job that made this version.
                 */
                job_id: string;
                lineage: components["schemas"]["Lineage"];
                /**
                 * Format: int32
                 * @description Counted from 1 within the dataset.
                 */
                number: number;
                /**
                 * Format: int64
                 * @description Malformed rows that were left out; `GET /datasets/{id}/quarantine` has them.
                 */
                quarantine_rows: number;
                /** Format: int64 */
                rows: number;
                /**
                 * Format: int64
                 * @description Rows in the file: `rows` and `quarantine_rows`.
                 */
                rows_in: number;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_Job: {
            items: {
                /**
                 * Format: double
                 * @description How old the cached result was when it was asked for, in seconds.
                 */
                age_seconds?: number | null;
                /**
                 * Format: int32
                 * @description How often the work was started.
                 */
                attempt: number;
                /** @description Whether an earlier, identical request had computed the result already. */
                cached: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: uuid */
                dataset_id?: string | null;
                error?: components["schemas"]["Failure"] | null;
                /** Format: date-time */
                finished_at?: string | null;
                /** Format: uuid */
                id: string;
                /** @description `ingest`, `append`, `export`, or the name of an analysis. */
                kind: string;
                lane: components["schemas"]["Lane"];
                /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
                parameters?: Record<string, never> | null;
                progress: components["schemas"]["Progress"];
                /** @description The request that asked for this job. */
                request_id: string;
                /** @description The outcome, where the request waited for it (`Prefer: wait`). */
                result?: Record<string, never> | null;
                /** Format: date-time */
                started_at?: string | null;
                status: components["schemas"]["JobStatus"];
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_SessionInfo: {
            items: {
                /** @description The network address of the log-in. */
                address: string;
                /** Format: date-time */
                created_at: string;
                /** @description Whether this request belongs to it. */
                current: boolean;
                /** Format: date-time */
                expires_at: string;
                /** Format: uuid */
                id: string;
                /**
                 * Format: date-time
                 * @description When its refresh token was last used.
                 */
                last_used: string;
                user_agent: string;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_Visualization: {
            items: {
                chart: components["schemas"]["ChartSpec"];
                /** Format: date-time */
                created_at: string;
                /** Format: uuid */
                dataset_id: string;
                /** Format: uuid */
                id: string;
                /** @description Where its picture is, computed when first asked for. */
                image_url: string;
                /** @description Whether the caller made it; others may only look. */
                is_mine: boolean;
                kind: components["schemas"]["ChartName"];
                name: string;
                /** @description The username of its owner. */
                owner: string;
                /** @description The usernames that it is shared with; empty for those who may only look. */
                shared_with: string[];
                /** Format: date-time */
                updated_at: string;
                /**
                 * Format: int32
                 * @description The newest version, or the one asked for.
                 */
                version: number;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_VisualizationVersion: {
            items: {
                chart: components["schemas"]["ChartSpec"];
                /** Format: date-time */
                created_at: string;
                kind: components["schemas"]["ChartName"];
                /** Format: int32 */
                version: number;
            }[];
            next_cursor?: string | null;
        };
        /** @description One page of a list. `next_cursor` is null on the last page. */
        Page_WorkerInfo: {
            items: {
                confinement?: components["schemas"]["Confinement"] | null;
                lanes: components["schemas"]["Lane"][];
                /** @description Unique for every start; it tells nothing about the machine. */
                name: string;
                /**
                 * Format: int64
                 * @description Executions whose lease it holds now.
                 */
                running: number;
                /**
                 * Format: date-time
                 * @description When it told of itself last, by the database's clock.
                 */
                seen_at: string;
                /**
                 * Format: int32
                 * @description Jobs that it runs at once in each lane.
                 */
                slots: number;
                /** Format: date-time */
                started_at: string;
                /** @description The version of the program. */
                version: string;
            }[];
            next_cursor?: string | null;
        };
        /** @description A figure that is not defined (too few rows, a constant column) is null. */
        PairOutcome: {
            /** Format: double */
            ci_high?: number | null;
            /** Format: double */
            ci_low?: number | null;
            /**
             * Format: double
             * @description Cramér's V corrected for bias (Bergsma 2013), mutual information as a share of the mean entropy.
             */
            corrected?: number | null;
            /** Format: double */
            df?: number | null;
            left: string;
            /**
             * Format: int64
             * @description The rows in which both cells hold a value.
             */
            n: number;
            /**
             * Format: double
             * @description The p-value corrected for all pairs of the method; absent without a correction.
             */
            p_adjusted?: number | null;
            /**
             * Format: double
             * @description Two-sided, of "there is no dependence".
             */
            p_value?: number | null;
            /** @description For `point_biserial`: the value of the two that counts as 1. */
            positive?: string | null;
            right: string;
            /**
             * Format: double
             * @description What the p-value is read from: t, z or chi-square, as `docs/methods.md` says.
             */
            statistic?: number | null;
            /** Format: double */
            value?: number | null;
        };
        /** @description How to read a file. What is left out is detected; an empty text means "there is none". */
        ParseOptions: {
            /**
             * @description Types by column name; rows whose cell does not fit go to the quarantine.
             * @default {}
             */
            columns: {
                [key: string]: components["schemas"]["ColumnType"];
            };
            /**
             * @description Lines that begin with this are left out; empty for none.
             * @default null
             */
            comment: string | null;
            /** @default null */
            compression: components["schemas"]["Compression"] | null;
            /** @default null */
            date_order: components["schemas"]["DateOrder"] | null;
            /**
             * @description `.` or `,`.
             * @default null
             */
            decimal_mark: string | null;
            /**
             * @description Field separator: one ASCII character, or `tab` or `space`.
             * @default null
             */
            delimiter: string | null;
            /**
             * @description A name of the WHATWG Encoding Standard, such as `utf-8`, `utf-16le`, `windows-1252`, `shift_jis`.
             * @default null
             */
            encoding: string | null;
            /**
             * @description The character before a quote that belongs to the text; the quote itself where quotes are doubled.
             * @default null
             */
            escape: string | null;
            /** @default null */
            format: components["schemas"]["SourceKind"] | null;
            /**
             * @description Whether the first row holds the names of the columns.
             * @default null
             */
            header: boolean | null;
            /** @default null */
            line_end: components["schemas"]["LineEnd"] | null;
            /**
             * @description The spellings of a missing cell, instead of the usual ones; an empty cell is always missing.
             * @default null
             */
            null_values: string[] | null;
            /**
             * Format: double
             * @description The share of malformed rows, in percent, above which the file fails; 1 unless given.
             * @default null
             */
            quarantine_percent: number | null;
            /**
             * @description The character around fields that hold the separator; empty for none.
             * @default null
             */
            quote: string | null;
            /**
             * @description The sheet of a workbook, by name or by number from 1; the first one with cells unless given.
             * @default null
             */
            sheet: string | null;
            /**
             * Format: int32
             * @description Lines to leave out at the beginning of the file.
             * @default null
             */
            skip_rows: number | null;
            /**
             * @description `,`, `.`, `'`, `_` or a space (which also stands for narrow and no-break spaces); empty for none.
             * @default null
             */
            thousands_mark: string | null;
        };
        /** @description What a file would become with these options. */
        ParsePreview: {
            columns: components["schemas"]["Column"][];
            /** @description Whether that is the whole file. If not, types may still change with the rows that follow. */
            complete: boolean;
            dialect: components["schemas"]["Dialect"];
            quarantine: components["schemas"]["Quarantine"];
            /** @description The first rows, at most 50. */
            rows: unknown[][];
            /**
             * Format: int64
             * @description Rows that were read for this preview.
             */
            rows_read: number;
        };
        /** @enum {string} */
        Part: "histogram" | "ecdf" | "kde" | "tests" | "fits" | "outliers" | "qq";
        PartHealth: {
            /** @description What is wrong, without any detail of the machine. */
            detail?: string | null;
            status: components["schemas"]["HealthStatus"];
        };
        /** @description A chosen percentile (0–100) by linear interpolation (Hyndman and Fan, type 7). */
        Percentile: {
            /** Format: double */
            percentile: number;
            /** Format: double */
            value?: number | null;
        };
        /** @enum {string} */
        PersonalData: "email" | "phone" | "iban" | "card";
        /** @description One period. `trend`, `seasonal` and `residual` add up to `value` where there is a decomposition. */
        Point: {
            /** @description Whether the value was put there by `gaps`. */
            filled?: boolean;
            /** Format: double */
            residual?: number | null;
            /**
             * Format: int64
             * @description Rows in the period.
             */
            rows: number;
            /** Format: double */
            seasonal?: number | null;
            /** @description The first day of the period, or its first second where periods are shorter than a day. */
            time: string;
            /** Format: double */
            trend?: number | null;
            /** Format: double */
            value?: number | null;
        };
        /** @description The first rows of a dataset. */
        Preview: {
            columns: components["schemas"]["Column"][];
            /** Format: int64 */
            offset: number;
            /** @description One array a row, cells in the order of `columns`. */
            rows: unknown[][];
            /**
             * Format: int64
             * @description Rows in the whole dataset.
             */
            total_rows: number;
        };
        /** @description The body of every error answer (RFC 9457, `application/problem+json`). */
        Problem: {
            code: components["schemas"]["ErrorCode"];
            /** @description What happened, where, and what to do. */
            detail: string;
            errors?: components["schemas"]["FieldError"][];
            /** @description The request id, to quote when asking for help. */
            instance: string;
            /** Format: int32 */
            status: number;
            title: string;
            /** @description A relative reference that names the kind of problem: `/problems/<code>`. */
            type: string;
        };
        /** @description The profile of a dataset version, computed once at ingest. */
        Profile: {
            columns: components["schemas"]["ColumnSummary"][];
            /** Format: int64 */
            rows: number;
        };
        /** @description How far a job is. */
        Progress: {
            /**
             * Format: double
             * @description From 0 to 1; never goes back within one attempt.
             */
            fraction: number;
            /**
             * Format: int64
             * @description Rows handled so far.
             */
            rows: number;
            /** @description What is being done, in one or two words. */
            stage: string;
        };
        PseudoRSquared: {
            /** Format: double */
            cox_snell?: number | null;
            /** Format: double */
            mcfadden?: number | null;
            /** Format: double */
            nagelkerke?: number | null;
        };
        /** @description Values against the quantiles of a standard normal distribution, at most 1,000 at equal steps of rank. */
        QqPart: {
            /** Format: double */
            intercept?: number | null;
            /** Format: double */
            r?: number | null;
            sample: number[];
            /**
             * Format: double
             * @description The straight line through the points by least squares, and their correlation.
             */
            slope?: number | null;
            theoretical: number[];
        };
        /** @description Something noticed about a column. */
        QualityNote: {
            /**
             * Format: int64
             * @description How many cells it is about.
             */
            count: number;
            /** @description One sentence for a person. */
            detail: string;
            kind: components["schemas"]["NoteKind"];
            personal?: components["schemas"]["PersonalData"] | null;
        };
        /**
         * @description Type 1 to 9 of Hyndman and Fan (1996).
         * @enum {string}
         */
        QuantileType: "inverted_cdf" | "averaged_inverted_cdf" | "closest_observation" | "interpolated_inverted_cdf" | "hazen" | "weibull" | "linear" | "median_unbiased" | "normal_unbiased";
        /** @description What was left out of a table. Rows in the file = rows stored + rows here. */
        Quarantine: {
            /**
             * Format: double
             * @description The share of malformed rows, in percent, that the request allowed.
             */
            allowed_percent: number;
            /** @description How many rows for which reason. */
            reasons: components["schemas"]["ReasonCount"][];
            /** Format: int64 */
            rows: number;
            /** @description The first rows, at most 50. */
            sample: components["schemas"]["QuarantinedRow"][];
        };
        /** @description The answer of `GET /datasets/{id}/quarantine`: a page of the quarantine. */
        QuarantinePage: {
            items: components["schemas"]["QuarantinedRow"][];
            /** Format: int64 */
            offset: number;
            /**
             * Format: int64
             * @description Rows in the whole quarantine.
             */
            total_rows: number;
        };
        /**
         * @description Why a row is not in the table.
         * @enum {string}
         */
        QuarantineReason: "field_count" | "quote" | "encoding" | "type" | "size" | "syntax";
        /** @description One row that is not in the table. */
        QuarantinedRow: {
            /** @description The column's name, or its number counted from 1 where it has none. */
            column?: string | null;
            /** @description The reason as a sentence. */
            detail: string;
            /**
             * Format: int64
             * @description The line of the file on which the row begins, counted from 1.
             */
            line: number;
            reason: components["schemas"]["QuarantineReason"];
            /** @description The row as it stands in the file, shortened to 10,000 characters; bytes that are no text are `�`. */
            text: string;
            /** @description The offending value, shortened to 200 characters. */
            value?: string | null;
        };
        /** @enum {string} */
        RankMethod: "auto" | "exact" | "asymptotic";
        /**
         * Format: binary
         * @description A raw body whose bytes say what it is.
         */
        RawFile: string;
        ReasonCount: {
            reason: components["schemas"]["QuarantineReason"];
            /** Format: int64 */
            rows: number;
        };
        RefreshRequest: {
            refresh_token: string;
        };
        RegisterRequest: {
            /** Format: email */
            email: string;
            /**
             * Format: password
             * @description At least 8 characters, at most 72 bytes, and not easy to guess.
             */
            password: string;
            /**
             * @description The code printed at the first start of a server that listens beyond loopback;
             *     whoever gives it becomes the administrator.
             */
            setup_code?: string | null;
            /** @description 3 to 64 letters, digits, `.`, `_` or `-`. */
            username: string;
        };
        /** @description A job as its owner sees it. */
        RegressionJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["RegressionOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description The fitted model. Figures that are not defined are null; definitions and sources: `docs/methods.md`. */
        RegressionOutcome: {
            /** Format: double */
            aic?: number | null;
            /** Format: double */
            bic?: number | null;
            coefficients: components["schemas"]["Coefficient"][];
            linear?: components["schemas"]["LinearFit"] | null;
            /** Format: double */
            log_likelihood?: number | null;
            logistic?: components["schemas"]["LogisticFit"] | null;
            model: components["schemas"]["Model"];
            /** @description What was left out and why, and what to be careful with. */
            notes: string[];
            /**
             * Format: double
             * @description Observations less coefficients.
             */
            residual_degrees_of_freedom: number;
            /**
             * Format: int64
             * @description Rows that were used: those without a missing or non-finite value in any of the columns.
             */
            rows: number;
            /** Format: int64 */
            rows_left_out: number;
        };
        /** @description `target` depends on `columns`. */
        RegressionParams: {
            /** @description Numeric or date columns whose values are categories, not quantities. */
            categorical?: string[];
            /** @description The columns that explain it. Text and truth values are categories. */
            columns: string[];
            /**
             * Format: double
             * @description The level of confidence intervals.
             * @default 0.95
             */
            confidence: number;
            /** Format: uuid */
            dataset_id: string;
            /** @description Only rows that satisfy all these conditions. */
            filter?: components["schemas"]["Condition"][];
            /** @default true */
            intercept: boolean;
            model?: components["schemas"]["Model"];
            /** @description Numeric columns that stand in the model with all their powers up to this one, 10 at most. */
            powers?: {
                [key: string]: number;
            };
            /** @description The category that the others of a column are compared with; its first in ascending order unless given. */
            reference?: {
                [key: string]: unknown;
            };
            /** @description For `logistic` the value of the target that counts as success; the larger of the two unless given. */
            success?: unknown;
            /** @description The column to explain: numbers for `linear`, truth values or a column of two values for `logistic`. */
            target: string;
            /**
             * Format: int32
             * @description How many of the most influential rows to list.
             * @default 10
             */
            top: number;
        };
        /** @description Which dead jobs to try again: those that fit all that is given. */
        RetryJobs: {
            /** @description Only jobs of this kind. */
            kind?: string | null;
            lane?: components["schemas"]["Lane"] | null;
            /**
             * Format: int32
             * @description At most so many, 50 unless told otherwise.
             */
            limit?: number | null;
            /**
             * Format: uuid
             * @description Only jobs of this account.
             */
            user_id?: string | null;
        };
        /**
         * @description What a user may do. Each role may do everything the ones after it may.
         * @enum {string}
         */
        Role: "viewer" | "analyst" | "admin";
        /** @description Some rows of a dataset. */
        RowsAnswer: {
            columns: components["schemas"]["Column"][];
            /**
             * Format: int64
             * @description Rows that satisfy the filter; all of them without one.
             */
            filtered_rows: number;
            /** Format: int64 */
            offset: number;
            /** @description One array a row, cells in the order of `columns`. */
            rows: unknown[][];
            /**
             * Format: int64
             * @description Rows in the whole dataset.
             */
            total_rows: number;
        };
        /** @description The form of rows to add. */
        RowsForm: {
            /**
             * Format: binary
             * @description The file itself.
             */
            file: string;
        };
        /** @enum {string} */
        Sample: "auto" | "none";
        /** @description One sample. `std` has n − 1; `mean_rank` is among all samples, for tests of ranks. */
        SampleFigures: {
            /** Format: int64 */
            count: number;
            /** Format: double */
            mean?: number | null;
            /** Format: double */
            mean_rank?: number | null;
            /** Format: double */
            median?: number | null;
            sample: unknown;
            /** Format: double */
            std?: number | null;
        };
        SamplingInfo: {
            /** @description `lttb`: lines thinned so that they look the same; `bins`: points counted in classes. */
            method: string;
            /** Format: int64 */
            of: number;
            /** Format: int64 */
            shown: number;
        };
        /** @enum {string} */
        Scale: "linear" | "log";
        Seasonality: {
            /** @description What each position in the season adds; the first is that of the first period. They sum to 0. */
            pattern: (number | null)[];
            /**
             * Format: int64
             * @description After how many periods the pattern comes back.
             */
            season: number;
            /**
             * Format: double
             * @description From 0, no pattern, to 1, nothing but the pattern.
             */
            strength?: number | null;
            /**
             * Format: double
             * @description From 0, no trend, to 1, nothing but the trend.
             */
            trend_strength?: number | null;
        };
        /** @enum {string} */
        Separation: "complete" | "quasi_complete";
        /** @description A place where the user is signed in. */
        SessionInfo: {
            /** @description The network address of the log-in. */
            address: string;
            /** Format: date-time */
            created_at: string;
            /** @description Whether this request belongs to it. */
            current: boolean;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description When its refresh token was last used.
             */
            last_used: string;
            user_agent: string;
        };
        /** @description Who may look at a saved chart. */
        ShareRequest: {
            /** @description Whether the share is taken back instead. */
            remove?: boolean;
            /** @description The name of the user who may look. */
            username: string;
            /** Format: uuid */
            visualization_id: string;
        };
        /** @description A channel of a kind of chart. */
        Slot: {
            accepts: components["schemas"]["Accepts"];
            /** @description Whether it may be one figure of many rows. */
            aggregates: components["schemas"]["Aggregates"];
            channel: components["schemas"]["Channel"];
            /** @description What it does in this kind of chart. */
            help: string;
            /** @description How many encodings it must have at least. */
            least: number;
            most: number;
        };
        /** @description A file that rows came from. */
        SourceFile: {
            /** Format: int64 */
            bytes: number;
            /** @description Its name, where the upload gave one. */
            file_name?: string | null;
            /** @description SHA-256 of its bytes, in hex. */
            sha256: string;
        };
        /**
         * @description What a file is, decided by its content.
         * @enum {string}
         */
        SourceKind: "csv" | "json" | "ndjson" | "parquet" | "arrow" | "xlsx" | "ods";
        /** @enum {string} */
        Stack: "grouped" | "stacked" | "percent";
        /** @description Figures of groups of rows. */
        StatisticsAnswer: {
            /** @description The columns of the keys. */
            by: string[];
            /** @description One group each, in ascending order of their keys; at most 1,000. */
            items: components["schemas"]["GroupStatistics"][];
            /**
             * Format: int64
             * @description Rows that the conditions keep.
             */
            rows: number;
            /** @description Whether groups were left out. */
            truncated: boolean;
        };
        /** @description Dates as `YYYY-MM-DD`, datetimes as ISO 8601 to the microsecond. */
        TemporalSummary: {
            longest_gap?: components["schemas"]["Gap"] | null;
            max?: string | null;
            mean?: string | null;
            median?: string | null;
            /**
             * Format: double
             * @description Between neighbours among the different values, the median in seconds.
             */
            median_gap_seconds?: number | null;
            min?: string | null;
            mode?: string | null;
            /**
             * Format: double
             * @description From the first to the last, in seconds.
             */
            range_seconds?: number | null;
        };
        /** @enum {string} */
        Test: "student" | "welch" | "paired" | "mann_whitney" | "anova" | "kruskal_wallis" | "chi_square" | "fisher_exact";
        TestFigures: {
            /** Format: double */
            p_value?: number | null;
            /** Format: double */
            statistic?: number | null;
        };
        TextPattern: {
            /** Format: int64 */
            count: number;
            pattern: string;
        };
        /** @description Lengths are counted in Unicode scalar values. */
        TextSummary: {
            /**
             * Format: int64
             * @description Cells that hold an empty string (quoted in the file), which is not a missing cell.
             */
            empty: number;
            max?: string | null;
            /** Format: int64 */
            max_length?: number | null;
            /** Format: double */
            mean_length?: number | null;
            /** Format: double */
            median_length?: number | null;
            /** @description First and last in byte order. */
            min?: string | null;
            /** Format: int64 */
            min_length?: number | null;
            /** @description The most frequent value; the first in byte order of several equally frequent ones. */
            mode?: string | null;
            /**
             * Format: int64
             * @description How many texts begin or end with blanks.
             */
            padded?: number;
            /**
             * @description The most frequent looks, at most 10: letters in a row are `a`, digits in a row `9`, all else is itself; only in
             *     profiles.
             */
            patterns?: components["schemas"]["TextPattern"][];
            /**
             * Format: double
             * @description With n − 1.
             */
            std_length?: number | null;
        };
        TheilSen: {
            /** Format: double */
            high?: number | null;
            /** Format: double */
            intercept?: number | null;
            /** Format: double */
            low?: number | null;
            /** Format: double */
            slope?: number | null;
        };
        /** @enum {string} */
        Theme: "light" | "dark";
        /** @description A job as its owner sees it. */
        TimeseriesJob: {
            /**
             * Format: double
             * @description How old the cached result was when it was asked for, in seconds.
             */
            age_seconds?: number | null;
            /**
             * Format: int32
             * @description How often the work was started.
             */
            attempt: number;
            /** @description Whether an earlier, identical request had computed the result already. */
            cached: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id?: string | null;
            error?: components["schemas"]["Failure"] | null;
            /** Format: date-time */
            finished_at?: string | null;
            /** Format: uuid */
            id: string;
            /** @description `ingest`, `append`, `export`, or the name of an analysis. */
            kind: string;
            lane: components["schemas"]["Lane"];
            /** @description What an analysis was asked with, its defaults filled in and the dataset left out; only in lists. */
            parameters?: Record<string, never> | null;
            progress: components["schemas"]["Progress"];
            /** @description The request that asked for this job. */
            request_id: string;
            result?: components["schemas"]["TimeseriesOutcome"];
            /** Format: date-time */
            started_at?: string | null;
            status: components["schemas"]["JobStatus"];
        };
        /** @description The series and what it shows. Figures that are not defined are null; definitions and sources: `docs/methods.md`. */
        TimeseriesOutcome: {
            aggregate: components["schemas"]["Aggregate"];
            autocorrelation?: components["schemas"]["Autocorrelation"] | null;
            change_points: components["schemas"]["ChangePoint"][];
            every: components["schemas"]["Granularity"];
            /**
             * Format: int64
             * @description Periods without a value.
             */
            gaps: number;
            /** @description How gaps were bridged, and why a figure is missing. */
            notes: string[];
            /** @description Every period from the first to the last, in order. */
            points: components["schemas"]["Point"][];
            /**
             * Format: int64
             * @description Rows that were used.
             */
            rows: number;
            /**
             * Format: int64
             * @description Rows without a time or a finite value.
             */
            rows_left_out: number;
            seasonality?: components["schemas"]["Seasonality"] | null;
            trend?: components["schemas"]["Trend"] | null;
        };
        /** @description `value` along `time`. */
        TimeseriesParams: {
            /** @description What becomes of several values in a period. */
            aggregate?: components["schemas"]["Aggregate"];
            /**
             * Format: double
             * @description The level of confidence intervals.
             * @default 0.95
             */
            confidence: number;
            /** Format: uuid */
            dataset_id: string;
            every?: components["schemas"]["Granularity"] | null;
            /** @description Only rows that satisfy all these conditions. */
            filter?: components["schemas"]["Condition"][];
            /** @description What stands in periods without a value. */
            gaps?: components["schemas"]["Gaps"];
            /**
             * Format: int32
             * @description How many lags of the autocorrelation; fewer if the series is short.
             * @default 40
             */
            lags: number;
            /**
             * Format: double
             * @description What one more change of level must save, in units of the noise's variance; 3 ln(periods) unless given. Larger values
             *     find fewer changes.
             */
            penalty?: number | null;
            /**
             * Format: int32
             * @description After how many periods a pattern comes back; by the granularity unless given (24 hours, 7 days, 12 months, …).
             */
            season?: number | null;
            /** @description A column of dates or datetimes. */
            time: string;
            /** @description A numeric column; rows are counted unless it is given. */
            value?: string | null;
        };
        /** @description Tokens after log-in and refresh. */
        TokenAnswer: {
            access_token: string;
            /**
             * Format: int64
             * @description Seconds until the access token ends.
             */
            expires_in: number;
            /** @description Works once; using it again ends the session. */
            refresh_token: string;
            /** @description Always `bearer`. */
            token_type: string;
            user: components["schemas"]["User"];
        };
        /** @description A value and how often it stands in the column. */
        TopValue: {
            /** Format: int64 */
            count: number;
            value: unknown;
        };
        /** @description Slopes are by period. */
        Trend: {
            /** Format: double */
            high?: number | null;
            /** Format: double */
            intercept?: number | null;
            /** Format: double */
            low?: number | null;
            mann_kendall: components["schemas"]["MannKendall"];
            /** Format: double */
            p_value?: number | null;
            /** Format: double */
            r_squared?: number | null;
            /**
             * Format: double
             * @description Least squares on the number of the period, counted from 0.
             */
            slope?: number | null;
            theil_sen?: components["schemas"]["TheilSen"] | null;
        };
        /** @enum {string} */
        TrendMethod: "linear" | "theil_sen" | "moving_average";
        /** @description What to change of an account: `role`, `disabled`, or both. Fields left out stay as they are. */
        UpdateUser: {
            /** @description True shuts the account out and ends its sessions; false lets it in again. */
            disabled?: boolean | null;
            /** @description Why; stands in the audit log, and beside the account while it is disabled. */
            reason?: string | null;
            role?: components["schemas"]["Role"] | null;
        };
        /** @description The answer to an upload: the dataset and the job that reads it. */
        UploadAnswer: {
            dataset: components["schemas"]["Dataset"];
            job?: components["schemas"]["Job"] | null;
        };
        /** @description The form of an upload. */
        Uploadable: {
            /** @description What the data is about. */
            description?: string | null;
            /**
             * Format: binary
             * @description The file itself.
             */
            file: string;
            /** @description The dataset's name; the file's unless given. */
            name?: string | null;
        };
        User: {
            /** Format: date-time */
            created_at: string;
            email: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_login?: string | null;
            role: components["schemas"]["Role"];
            username: string;
        };
        /** @description Sums of squares; a mean square is a sum divided by its degrees of freedom. */
        VarianceTable: {
            /** Format: double */
            between_mean_square?: number | null;
            /** Format: double */
            between_squares?: number | null;
            /** Format: double */
            total_squares?: number | null;
            /** Format: double */
            within_mean_square?: number | null;
            /** Format: double */
            within_squares?: number | null;
        };
        /** @description A saved chart. */
        Visualization: {
            chart: components["schemas"]["ChartSpec"];
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            dataset_id: string;
            /** Format: uuid */
            id: string;
            /** @description Where its picture is, computed when first asked for. */
            image_url: string;
            /** @description Whether the caller made it; others may only look. */
            is_mine: boolean;
            kind: components["schemas"]["ChartName"];
            name: string;
            /** @description The username of its owner. */
            owner: string;
            /** @description The usernames that it is shared with; empty for those who may only look. */
            shared_with: string[];
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int32
             * @description The newest version, or the one asked for.
             */
            version: number;
        };
        /** @description What changes; a changed chart is the next version. */
        VisualizationChange: {
            chart?: components["schemas"]["ChartSpec"] | null;
            name?: string | null;
            /**
             * Format: int32
             * @description The version that the change was made from: 409 if it is no longer the newest.
             */
            version?: number | null;
        };
        /** @description What a new visualization is. */
        VisualizationRequest: {
            chart: components["schemas"]["ChartSpec"];
            name: string;
        };
        /** @description One state of a saved chart. */
        VisualizationVersion: {
            chart: components["schemas"]["ChartSpec"];
            /** Format: date-time */
            created_at: string;
            kind: components["schemas"]["ChartName"];
            /** Format: int32 */
            version: number;
        };
        /** @description Over the rows that have a finite value and a weight above 0. */
        WeightedSummary: {
            /** Format: int64 */
            count: number;
            /**
             * Format: double
             * @description (Σw)² / Σw², the number of equally weighted values that would tell as much (Kish).
             */
            effective_count?: number | null;
            /** Format: double */
            mean?: number | null;
            /**
             * Format: double
             * @description The smallest value up to which half of the weight lies.
             */
            median?: number | null;
            /** @description The smallest values up to which these shares of the weight lie. */
            percentiles: components["schemas"]["Percentile"][];
            /**
             * Format: double
             * @description √(Σw(x − mean)² / (Σw − Σw² / Σw)): it does not change when all weights are multiplied.
             */
            std?: number | null;
            /** Format: double */
            sum?: number | null;
            /** Format: double */
            sum_of_weights: number;
        };
        /** @description A worker that has told of itself lately. */
        WorkerInfo: {
            confinement?: components["schemas"]["Confinement"] | null;
            lanes: components["schemas"]["Lane"][];
            /** @description Unique for every start; it tells nothing about the machine. */
            name: string;
            /**
             * Format: int64
             * @description Executions whose lease it holds now.
             */
            running: number;
            /**
             * Format: date-time
             * @description When it told of itself last, by the database's clock.
             */
            seen_at: string;
            /**
             * Format: int32
             * @description Jobs that it runs at once in each lane.
             */
            slots: number;
            /** Format: date-time */
            started_at: string;
            /** @description The version of the program. */
            version: string;
        };
    };
    responses: {
        /** @description There is no such thing, or it belongs to somebody else. */
        Absent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "not_found",
                 *       "detail": "There is nothing here that you may see.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 404,
                 *       "title": "Not found",
                 *       "type": "/problems/not_found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request contradicts what exists. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "This user name is taken. Choose another one.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 409,
                 *       "title": "Conflict with what exists",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The account may not do this: its role does not suffice, or it is disabled. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "forbidden",
                 *       "detail": "This needs the role analyst; yours is viewer. Ask an administrator to change it.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 403,
                 *       "title": "Not allowed",
                 *       "type": "/problems/forbidden"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The first request with this `Idempotency-Key` is still running. */
        InProgress: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "idempotency_in_progress",
                 *       "detail": "The first request with this Idempotency-Key is still running. Send it again in a moment.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 409,
                 *       "title": "The first request with this key is still running",
                 *       "type": "/problems/idempotency_in_progress"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Some values are not valid; `errors` names each by JSON pointer or parameter. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "validation_failed",
                 *       "detail": "0 is not from 1 to 200.",
                 *       "errors": [
                 *         {
                 *           "detail": "0 is not from 1 to 200.",
                 *           "pointer": "limit"
                 *         }
                 *       ],
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 422,
                 *       "title": "Some values are not valid",
                 *       "type": "/problems/validation_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be read. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "malformed_request",
                 *       "detail": "The body is not valid JSON: expected value at line 1 column 7.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 400,
                 *       "title": "The request cannot be read",
                 *       "type": "/problems/malformed_request"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The job has not finished, was cancelled or could not be run. */
        NoResult: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "not_ready",
                 *       "detail": "The job is running. Ask again when it is done.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 409,
                 *       "title": "Not ready yet",
                 *       "type": "/problems/not_ready"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is still being made; `Retry-After` says when to ask again. */
        NotReady: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "not_ready",
                 *       "detail": "The file is still being read.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 409,
                 *       "title": "Not ready yet",
                 *       "type": "/problems/not_ready"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many attempts; `Retry-After` says when to try again. */
        RateLimited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "rate_limited",
                 *       "detail": "At most 5 attempts a minute for one account and one address. Try again in 12 seconds.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 429,
                 *       "title": "Too many requests",
                 *       "type": "/problems/rate_limited"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server's disk is full; nothing was stored. */
        StorageFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "insufficient_storage",
                 *       "detail": "The server's disk is full. Nothing was stored.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 507,
                 *       "title": "The server's disk is full",
                 *       "type": "/problems/insufficient_storage"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is beyond a limit, which the answer names. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "payload_too_large",
                 *       "detail": "The file is larger than 1073741824 bytes, the limit `http.upload_bytes` of this server.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 413,
                 *       "title": "Too large",
                 *       "type": "/problems/payload_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many event streams are open for this account. */
        TooManyStreams: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "rate_limited",
                 *       "detail": "At most 8 event streams are open for one account. Close one.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 429,
                 *       "title": "Too many requests",
                 *       "type": "/problems/rate_limited"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body did not arrive in time. */
        TooSlow: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "request_timeout",
                 *       "detail": "The body did not arrive within 30 seconds.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 408,
                 *       "title": "The request took too long to arrive",
                 *       "type": "/problems/request_timeout"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid access token was sent. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "unauthenticated",
                 *       "detail": "The access token has expired. Refresh it, or log in again.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 401,
                 *       "title": "Sign in first",
                 *       "type": "/problems/unauthenticated"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Anything else: 500 when the server fails, 503 with `Retry-After` when it cannot answer now. */
        Unexpected: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "unavailable",
                 *       "detail": "The database does not answer right now. Try again in a few seconds.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 503,
                 *       "title": "Temporarily unavailable",
                 *       "type": "/problems/unavailable"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credentials are not right. */
        WrongCredentials: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "invalid_credentials",
                 *       "detail": "There is no account with this name and password.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 401,
                 *       "title": "Unknown account or wrong password",
                 *       "type": "/problems/invalid_credentials"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body's media type is not taken here. */
        WrongMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "unsupported_media_type",
                 *       "detail": "Send the body as `application/json`.",
                 *       "instance": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "status": 415,
                 *       "title": "Media type not supported",
                 *       "type": "/problems/unsupported_media_type"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    api_root: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API's root. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiRoot"];
                };
            };
            default: components["responses"]["Unexpected"];
        };
    };
    admin_audit_list: {
        parameters: {
            query?: {
                /** @description Only what this account did. */
                actor?: string;
                /** @description Only this action: noun and verb, such as `dataset.upload`. */
                action?: string;
                /** @description Only what was done to this: an id, or the name that was given. */
                target?: string;
                /** @description Only what ended so: `ok`, `denied`, `invalid`, … */
                outcome?: string;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many events, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of events. */
            200: {
                headers: {
                    /** @description The next page, where there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuditEvent"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_job_list: {
        parameters: {
            query?: {
                /** @description Only jobs in this state. */
                status?: components["schemas"]["JobStatus"];
                /** @description Only jobs of this kind: `ingest`, or the name of an analysis. */
                kind?: string;
                /** @description Only jobs of this lane. */
                lane?: components["schemas"]["Lane"];
                /** @description Only jobs of this account. */
                user_id?: string;
                /** @description Only jobs that this worker runs, or ran last: its `name`. */
                worker?: string;
                /** @description Only dead jobs, which failed for good: what can be tried again. */
                dead?: boolean;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many jobs, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminJobs"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_jobs_retry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "ingest",
                 *       "limit": 100
                 *     }
                 */
                "application/json": components["schemas"]["RetryJobs"];
            };
        };
        responses: {
            /** @description What is tried again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsRetried"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_job_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminJobDetail"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_job_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dead job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is now. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminJobDetail"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_user_list: {
        parameters: {
            query?: {
                /** @description Only accounts with this in their e-mail address or user name. */
                q?: string;
                /** @description Only accounts of this role. */
                role?: components["schemas"]["Role"];
                /** @description Only accounts that are shut out, or only those that are not. */
                disabled?: boolean;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many accounts, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of accounts. */
            200: {
                headers: {
                    /** @description The next page, where there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AdminUser"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_user_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@example.org",
                 *       "password": "seven quiet otters",
                 *       "role": "analyst",
                 *       "username": "grace"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUser"];
            };
        };
        responses: {
            /** @description The new account. */
            201: {
                headers: {
                    /** @description The account's address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_user_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_user_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "disabled": true,
                 *       "reason": "Left the company."
                 *     }
                 */
                "application/json": components["schemas"]["UpdateUser"];
            };
        };
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    admin_worker_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All live workers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_WorkerInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_compare: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "by": "country",
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "test": "kruskal_wallis",
                 *       "value": "revenue"
                 *     }
                 */
                "application/json": components["schemas"]["CompareParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompareJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_correlation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "correction": "holm",
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "methods": [
                 *         "pearson",
                 *         "spearman"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CorrelationParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrelationJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_descriptive: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "columns": [
                 *         "revenue"
                 *       ],
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "percentiles": [
                 *         5,
                 *         95
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DescriptiveParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescriptiveJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_distribution: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "column": "revenue",
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "histogram": "scott",
                 *       "parts": [
                 *         "histogram",
                 *         "tests",
                 *         "fits"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DistributionParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DistributionJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_grouped: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "by": [
                 *         {
                 *           "column": "country"
                 *         }
                 *       ],
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "measures": [
                 *         {
                 *           "column": "revenue",
                 *           "function": "sum",
                 *           "share": true
                 *         },
                 *         {
                 *           "function": "count"
                 *         }
                 *       ],
                 *       "totals": true
                 *     }
                 */
                "application/json": components["schemas"]["GroupedParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupedJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_job_fetch: {
        parameters: {
            query?: {
                /** @description Answer when the job has finished, or after so many seconds. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_job_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResult"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NoResult"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every kind. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AnalysisKindInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_regression: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "columns": [
                 *         "country"
                 *       ],
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "target": "revenue"
                 *     }
                 */
                "application/json": components["schemas"]["RegressionParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegressionJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    analysis_timeseries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string;
                /**
                 * @description `no-cache`: compute even what has an answer already.
                 * @example no-cache
                 */
                "Cache-Control"?: string;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example figures-2024-05-01
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The dataset and what to compute. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "aggregate": "sum",
                 *       "dataset_id": "0198c5f2-7b1e-7c3a-9f0e-3d2b6a1c4e58",
                 *       "every": "month",
                 *       "time": "order_date",
                 *       "value": "revenue"
                 *     }
                 */
                "application/json": components["schemas"]["TimeseriesParams"];
            };
        };
        responses: {
            /** @description The finished job with its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`, where the request waited. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeseriesJob"];
                };
            };
            /** @description The job, queued or running. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds until it is worth asking for the job. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "username": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Tokens and the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongCredentials"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "pN3qYc0rW1o2x5Jt8mZk4vB7dQfLhSgUaEiRjXwTyHs"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Tokens and the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongCredentials"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.org",
                 *       "password": "correct horse battery staple",
                 *       "username": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description The new account. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Malformed"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Unexpected"];
        };
    };
    browser_session_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account and the token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrowserSession"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    browser_session_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "username": "ada"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description The account and the token; the cookie is set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrowserSession"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongCredentials"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            default: components["responses"]["Unexpected"];
        };
    };
    session_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All live sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SessionInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    session_delete_all: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    session_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_list: {
        parameters: {
            query?: {
                /** @description Looked for in name, file name and description, whatever the case. */
                q?: string;
                /** @description The datasets in the bin instead of the others. */
                trash?: boolean;
                /** @description `-created_at` (the newest first, unless told otherwise), `created_at`, `name` or `-name`. */
                sort?: string;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many datasets, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of datasets. */
            200: {
                headers: {
                    /** @description The next page, where there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Dataset"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_upload: {
        parameters: {
            query?: {
                /** @description The dataset's name, for a raw body; a form has a field for it. */
                name?: string;
                /** @description What the data is about, for a raw body. */
                description?: string;
                /** @description `false` leaves the file unread until `POST /datasets/{id}/ingest`. */
                ingest?: boolean;
                /** @description `csv`, `json`, `ndjson`, `parquet`, `arrow`, `xlsx` or `ods`. */
                format?: string;
                /** @description `none`, `gzip` or `zstd`. */
                compression?: string;
                /** @description A name of the WHATWG Encoding Standard, such as `windows-1252`. */
                encoding?: string;
                /** @description Field separator: one ASCII character, or `tab` or `space`. */
                delimiter?: string;
                /** @description The character around fields that hold the separator. */
                quote?: string;
                /** @description The character before a quote that belongs to the text. */
                escape?: string;
                /** @description What ends a row: `lf`, `crlf` or `cr` alone, or `mixed`, each of them. */
                line_end?: string;
                /** @description `true` or `false`: whether the first row holds the names of the columns. */
                header?: string;
                /** @description Lines that begin with this are left out. */
                comment?: string;
                /** @description Lines to leave out at the beginning of the file. */
                skip_rows?: string;
                /** @description `.` or `,`. */
                decimal_mark?: string;
                /** @description `,`, `.`, `'`, `_` or a space. */
                thousands_mark?: string;
                /** @description `ymd`, `dmy` or `mdy`. */
                date_order?: string;
                /** @description Spellings of a missing cell, separated by commas, or a JSON list. */
                null_values?: string;
                /** @description A JSON object of column names and types. */
                columns?: string;
                /** @description The share of malformed rows, in percent, above which the file fails; 1 unless given. */
                quarantine_percent?: string;
                /** @description The sheet of a workbook, by name or by number from 1. */
                sheet?: string;
            };
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string | null;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example upload-2024-05-01
                 */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file. */
        requestBody: {
            content: {
                "application/json": Record<string, never>[];
                "application/octet-stream": components["schemas"]["RawFile"];
                "application/x-ndjson": string;
                "multipart/form-data": components["schemas"]["Uploadable"];
                /**
                 * @example country,revenue
                 *     Norway,1200.50
                 *     Kenya,980.25
                 */
                "text/csv": string;
                "text/tab-separated-values": string;
            };
        };
        responses: {
            /** @description The file has been read within the wait; the job holds its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
                };
            };
            /** @description With `ingest=false`: the file is stored, and is read by `POST /datasets/{id}/ingest`. */
            201: {
                headers: {
                    /** @description The dataset. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
                };
            };
            /** @description The file is stored and waits to be read. */
            202: {
                headers: {
                    /** @description The job that reads the file. */
                    Location?: string;
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["InProgress"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["StorageFull"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_delete: {
        parameters: {
            query?: {
                /** @description Delete for good instead of moving to the bin. */
                permanent?: boolean;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset is in the bin, or gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "All shops.",
                 *       "name": "Sales 2024"
                 *     }
                 */
                "application/json": components["schemas"]["DatasetPatch"];
            };
        };
        responses: {
            /** @description The dataset as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_columns: {
        parameters: {
            query?: {
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All columns. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Column"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_export: {
        parameters: {
            query?: {
                /** @description The file's format, `csv` unless told otherwise. */
                format?: "csv" | "json" | "ndjson" | "parquet" | "arrow" | "xlsx";
                /** @description The columns and their order, separated by commas; a name with a comma stands in double quotes. All unless given. */
                columns?: string;
                /** @description A version other than the newest. */
                version?: number;
                /** @description Begin a CSV file with a byte order mark, so that spreadsheet programs read it as UTF-8. */
                bom?: boolean;
                /**
                 * @description Make texts harmless that a spreadsheet program would run as a formula: those that begin with `=`, `+`, `-`, `@`, a
                 *     tab or a line end. CSV puts an apostrophe before them, a workbook marks them as text. True unless told otherwise.
                 */
                neutralise?: boolean;
            };
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string | null;
            };
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description The file's name. */
                    "Content-Disposition"?: string;
                    /** @description Changes with the data. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>[];
                    "application/vnd.apache.arrow.file": components["schemas"]["RawFile"];
                    "application/vnd.apache.parquet": components["schemas"]["RawFile"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["RawFile"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description The file is still being written; ask again when this job has finished. */
            202: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["StorageFull"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_ingest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string | null;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example ingest-2024-05-01
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "header": true
                 *     }
                 */
                "application/json": components["schemas"]["ParseOptions"];
            };
        };
        responses: {
            /** @description The file has been read within the wait; the job holds its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
                };
            };
            /** @description The job that reads the file. */
            202: {
                headers: {
                    /** @description The job that reads the file. */
                    Location?: string;
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_parse_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decimal_mark": ",",
                 *       "delimiter": ";"
                 *     }
                 */
                "application/json": components["schemas"]["ParseOptions"];
            };
        };
        responses: {
            /** @description What the file would become. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParsePreview"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_preview: {
        parameters: {
            query?: {
                /** @description Rows to leave out at the beginning. */
                offset?: number;
                /** @description How many rows, 10 unless told otherwise. The first 200 rows are kept for previews. */
                limit?: number;
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Columns and rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_profile: {
        parameters: {
            query?: {
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile. */
            200: {
                headers: {
                    /** @description Changes with the data. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_quarantine_rows: {
        parameters: {
            query?: {
                /** @description Rows to leave out at the beginning. */
                offset?: number;
                /** @description How many rows, 50 unless told otherwise. */
                limit?: number;
                /** @description `json` for a page, unless told otherwise; `csv` for all rows as a file. */
                format?: string;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rows, or all of them as CSV. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinePage"];
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The dataset as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_rows: {
        parameters: {
            query?: {
                /** @description Rows to leave out at the beginning. */
                offset?: number;
                /** @description How many rows, 100 unless told otherwise. */
                limit?: number;
                /**
                 * @description The columns, in this order, separated by commas; a name that holds a comma stands in double quotes. All
                 *     columns unless told otherwise.
                 */
                columns?: string;
                /**
                 * @description Columns to sort by, separated by commas, each with `-` before it for descending order: `-revenue,country`. Text is
                 *     compared byte by byte; equal rows keep their order. At most 16.
                 */
                sort?: string;
                /** @description Where missing cells stand in a sorted column: `last` unless told otherwise, whatever the direction. */
                nulls?: "first" | "last";
                /**
                 * @description A JSON list of conditions, of which a row must satisfy all:
                 *     `[{"column":"revenue","op":"ge","value":100},{"column":"country","op":"in","values":["Norway","Kenya"]}]`. `op` is
                 *     `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in`, `not_in`, `between`, `contains`, `starts_with`, `ends_with`, `is_null` or
                 *     `not_null`. At most 100, in at most 5,000 characters, which fit an address however they are escaped.
                 */
                filter?: string;
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Columns and rows. */
            200: {
                headers: {
                    /** @description Changes with the data and with what is asked for. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowsAnswer"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_rows_append: {
        parameters: {
            query?: {
                /** @description `csv`, `json`, `ndjson`, `parquet`, `arrow`, `xlsx` or `ods`. */
                format?: string;
                /** @description `none`, `gzip` or `zstd`. */
                compression?: string;
                /** @description A name of the WHATWG Encoding Standard, such as `windows-1252`. */
                encoding?: string;
                /** @description Field separator: one ASCII character, or `tab` or `space`. */
                delimiter?: string;
                /** @description The character around fields that hold the separator. */
                quote?: string;
                /** @description The character before a quote that belongs to the text. */
                escape?: string;
                /** @description What ends a row: `lf`, `crlf` or `cr` alone, or `mixed`, each of them. */
                line_end?: string;
                /** @description `true` or `false`: whether the first row holds the names of the columns. */
                header?: string;
                /** @description Lines that begin with this are left out. */
                comment?: string;
                /** @description Lines to leave out at the beginning of the file. */
                skip_rows?: string;
                /** @description `.` or `,`. */
                decimal_mark?: string;
                /** @description `,`, `.`, `'`, `_` or a space. */
                thousands_mark?: string;
                /** @description `ymd`, `dmy` or `mdy`. */
                date_order?: string;
                /** @description Spellings of a missing cell, separated by commas, or a JSON list. */
                null_values?: string;
                /** @description A JSON object of column names and types. */
                columns?: string;
                /** @description The share of malformed rows, in percent, above which the file fails; 1 unless given. */
                quarantine_percent?: string;
                /** @description The sheet of a workbook, by name or by number from 1. */
                sheet?: string;
            };
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string | null;
                /**
                 * @description 1 to 255 visible ASCII characters.
                 * @example rows-2024-05-01
                 */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        /** @description The rows. */
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "country": "Norway",
                 *         "revenue": 1200.5
                 *       }
                 *     ]
                 */
                "application/json": Record<string, never>[];
                "application/octet-stream": components["schemas"]["RawFile"];
                "application/x-ndjson": string;
                "multipart/form-data": components["schemas"]["RowsForm"];
                "text/csv": string;
                "text/tab-separated-values": string;
            };
        };
        responses: {
            /** @description The rows have been added within the wait; the job holds its result. */
            200: {
                headers: {
                    /** @description The job. */
                    Location?: string;
                    /** @description `wait=N`. */
                    "Preference-Applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The rows are stored and wait to be added. */
            202: {
                headers: {
                    /** @description The job that adds them. */
                    Location?: string;
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            507: components["responses"]["StorageFull"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_statistics: {
        parameters: {
            query: {
                /** @description The columns to group by, separated by commas; a name that holds a comma stands in double quotes. */
                by: string;
                /** @description The numeric columns to describe, separated by commas; all of them unless told otherwise. */
                columns?: string;
            };
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The groups. */
            200: {
                headers: {
                    /** @description Changes with the data and with what is asked for. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsAnswer"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All versions, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_DatasetVersion"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    dataset_version_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The dataset. */
                id: string;
                /** @description The version's number, from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetVersion"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    events: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `id` of the last event that arrived.
                 * @example 1763800000000
                 */
                "Last-Event-ID"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyStreams"];
            default: components["responses"]["Unexpected"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A part is failing. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Unexpected"];
        };
    };
    health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Unexpected"];
        };
    };
    health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests can be served. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A part is failing. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Unexpected"];
        };
    };
    job_list: {
        parameters: {
            query?: {
                /** @description Only jobs in this state. */
                status?: components["schemas"]["JobStatus"];
                /** @description Only jobs of this kind: `ingest`, or the name of an analysis. */
                kind?: string;
                /** @description Only jobs on this dataset. */
                dataset_id?: string;
                /** @description `-created_at` (the newest first, unless told otherwise) or `created_at`. */
                sort?: string;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description Exactly these jobs, at most 200 ids separated by commas, in this order; alone, without any other parameter. */
                ids?: string;
                /** @description How many jobs, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of jobs. */
            200: {
                headers: {
                    /** @description The next page, where there is one. */
                    Link?: string;
                    /** @description With `ids`: seconds until it is worth asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    job_fetch: {
        parameters: {
            query?: {
                /** @description Answer when the job has finished, or after so many seconds. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    /** @description Changes with the job. */
                    ETag?: string;
                    /** @description Seconds until it is worth asking again; absent once finished. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    job_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    job_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The result. */
            200: {
                headers: {
                    /** @description A result never changes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobResult"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NoResult"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    job_retry: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=N`: wait up to N seconds, at most 30.
                 * @example wait=10
                 */
                Prefer?: string | null;
            };
            path: {
                /** @description The failed or cancelled job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new job has finished within the wait. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The new job. */
            202: {
                headers: {
                    /** @description The new job's address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            default: components["responses"]["Unexpected"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    user_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_list: {
        parameters: {
            query?: {
                /** @description Whose; your own and those shared with you unless told otherwise. */
                scope?: "all" | "mine" | "shared";
                /** @description Only those of this dataset. */
                dataset_id?: string;
                /** @description Where the page begins: `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many, 50 unless told otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of charts. */
            200: {
                headers: {
                    /** @description The next page, where there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Visualization"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chart": {
                 *         "dataset_id": "0193c0de-0000-7000-8000-000000000000",
                 *         "kind": "bar",
                 *         "x": {
                 *           "column": "country"
                 *         },
                 *         "y": [
                 *           {
                 *             "aggregate": "mean",
                 *             "column": "unit_price"
                 *           }
                 *         ]
                 *       },
                 *       "name": "Prices by country"
                 *     }
                 */
                "application/json": components["schemas"]["VisualizationRequest"];
            };
        };
        responses: {
            /** @description The saved chart. */
            201: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Visualization"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    charts_compute: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "charts": [
                 *         {
                 *           "dataset_id": "0193c0de-0000-7000-8000-000000000000",
                 *           "kind": "bar",
                 *           "x": {
                 *             "column": "country",
                 *             "sort": "-value"
                 *           },
                 *           "y": [
                 *             {
                 *               "aggregate": "mean",
                 *               "column": "unit_price"
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChartsRequest"];
            };
        };
        responses: {
            /** @description One answer for each chart, in their order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartsAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    chart_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chart": {
                 *         "dataset_id": "0193c0de-0000-7000-8000-000000000000",
                 *         "kind": "histogram",
                 *         "x": {
                 *           "column": "unit_price"
                 *         }
                 *       },
                 *       "format": "pdf"
                 *     }
                 */
                "application/json": components["schemas"]["ChartExportRequest"];
            };
        };
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["NotReady"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    chart_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All kinds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartKinds"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_share: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "grace",
                 *       "visualization_id": "0193c0de-0000-7000-8000-000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["ShareRequest"];
            };
        };
        responses: {
            /** @description The chart, with all that it is shared with. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Visualization"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_fetch: {
        parameters: {
            query?: {
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The saved chart. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Visualization"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chart is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Mean price by country"
                 *     }
                 */
                "application/json": components["schemas"]["VisualizationChange"];
            };
        };
        responses: {
            /** @description The chart as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Visualization"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["Absent"];
            408: components["responses"]["TooSlow"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_export: {
        parameters: {
            query?: {
                /** @description `png` unless told otherwise. */
                format?: "png" | "svg" | "pdf" | "csv";
                /** @description In CSS pixels, 800 unless told otherwise. */
                width?: number;
                /** @description In CSS pixels, 500 unless told otherwise. */
                height?: number;
                /** @description Pixels of a PNG for each CSS pixel, 1 unless told otherwise. */
                scale?: number;
                /** @description `light` unless told otherwise. */
                theme?: "light" | "dark";
                /** @description Whether the background is left out. */
                transparent?: boolean;
                /** @description A version other than the newest. */
                version?: number;
            };
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description Changes with the data, the chart and its form. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_figure: {
        parameters: {
            query?: {
                /** @description A version other than the newest. */
                version?: number;
                /** @description `light` unless told otherwise. */
                theme?: "light" | "dark";
                /** @description `figure`, unless told otherwise, computes the chart; `spec` answers with what it is asked with. */
                format?: "figure" | "spec";
            };
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figure, its sentence and its table. */
            200: {
                headers: {
                    /** @description Changes with the data and the chart. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartAnswer"];
                };
            };
            /** @description Nothing has changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            409: components["responses"]["NotReady"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Unexpected"];
        };
    };
    visualization_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The saved chart. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_VisualizationVersion"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["Absent"];
            default: components["responses"]["Unexpected"];
        };
    };
}
