# Makes test/unit/calibration/model-values.json: R --vanilla < model-values.R > model-values.json
# R 4.2.2 with TAM 4.4-2, eRm 1.0-2, lme4 1.1-31, ordinal 2022.11-16, jsonlite. Not part of any build: it shows where
# the numbers of the tests come from.
suppressMessages({library(TAM); library(eRm); library(lme4); library(ordinal); library(jsonlite)})
quiet <- function(x) { sink(tempfile()); on.exit(sink()); force(x) }

draw <- function(n, raters, criteria, alpha, delta, tau, mean, sd, of) {
  pairs <- combn(raters, of)
  do.call(rbind, lapply(seq_len(n), function(i) {
    theta <- rnorm(1, mean, sd)
    who <- pairs[, (i - 1) %% ncol(pairs) + 1]
    t(sapply(who, function(r) c(i, r, sapply(seq_len(criteria), function(c) {
      tc <- if (is.matrix(tau)) tau[c, ] else tau
      l <- cumsum(c(0, theta - delta[c] - alpha[r] - tc))
      sample(0:length(tc), 1, prob = exp(l - max(l)))
    }))))
  }))
}
control <- list(nodes = seq(-10, 10, len = 101), progress = FALSE, conv = 1e-9, convD = 1e-10, convM = 1e-9, Msteps = 30, maxiter = 20000)
mml <- function(rows, formula) {
  resp <- as.data.frame(rows[, -(1:2)]); names(resp) <- paste0("C", seq_len(ncol(resp)))
  m <- quiet(tam.mml.mfr(resp, facets = data.frame(rater = rows[, 2]), pid = rows[, 1], formulaA = formula,
                         control = control, verbose = FALSE))
  f <- m$xsi.facets
  list(parameters = setNames(as.list(f$xsi), as.character(f$parameter)),
       standardErrors = setNames(as.list(f$se.xsi), as.character(f$parameter)),
       deviance = m$deviance, variance = as.numeric(m$variance),
       ability = m$person$EAP, deviation = m$person$SD.EAP)
}
set.seed(20261125)
alpha <- c(-.9, -.4, -.1, .2, .4, .8)
sparse <- draw(90, 6, 3, alpha, c(-.5, 0, .5), c(-1.2, 0, 1.2), .3, 1.3, 2)
byStep <- draw(80, 4, 3, c(-.6, -.1, .2, .5), c(-.4, .1, .3), rbind(c(-1.5, .2, 1.3), c(-.6, -.2, .8), c(-1, -.4, 1.4)), 0, 1.2, 3)

# Complete data of one rater for the conditional models; five items of four categories.
items <- draw(120, 1, 5, 0, c(-.8, -.3, 0, .4, .7), c(-1.1, .1, 1), .2, 1.1, 1)[, -(1:2)]
erm <- function(m) list(itemCategories = as.list(-m$betapar), logLikelihood = m$loglik)

# Four raters, three criteria, all submissions: conditional likelihood with a linear decomposition of the parameters.
full <- draw(60, 4, 3, c(-.8, -.2, .3, .7), c(-.5, 0, .5), c(-1.2, 0, 1.2), -.2, 1.3, 4)
wide <- do.call(rbind, lapply(split(as.data.frame(full), full[, 1]), function(d) as.numeric(t(as.matrix(d[order(d[, 2]), -(1:2)])))))
W <- do.call(rbind, lapply(1:4, function(r) do.call(rbind, lapply(1:3, function(c) t(sapply(1:3, function(k) {
  a <- if (r < 4) diag(3)[r, ] else rep(-1, 3)
  d <- if (c < 3) diag(2)[c, ] else rep(-1, 2)
  c(-k * a, -k * d, -(k == 1), -(k == 2))
}))))))
linear <- quiet(LPCM(wide, W, etaStart = c(-.8, -.2, .3, -.5, 0, -1.1, -1.1)))

reviewers <- data.frame(
  reviewer = rep(c("A", "B", "C", "D", "E", "F"), c(4, 6, 10, 15, 20, 30)),
  difference = unlist(mapply(function(n, m) sample(-2:2, n, TRUE, dnorm(-2:2, m, .7)), c(4, 6, 10, 15, 20, 30), c(-.8, .4, 0, .2, -.3, .1))))
reml <- lmer(difference ~ 1 + (1 | reviewer), reviewers, control = lmerControl(optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-14)))
remlOf <- function(m) { v <- as.data.frame(VarCorr(m)); r <- ranef(m, condVar = TRUE)[[1]]
  list(mean = as.numeric(fixef(m)), sdGroup = v$sdcor[1], sdResidual = v$sdcor[2], blup = r[, 1],
       conditionalVariance = as.numeric(attr(r, "postVar")), logLikelihood = as.numeric(logLik(m))) }

clmmOf <- function(m) list(thresholds = as.list(m$alpha), effects = as.list(m$beta), sdGroup = as.numeric(sqrt(m$ST[[1]]^2)),
  logLikelihood = as.numeric(m$logLik), modes = as.numeric(ranef(m)[[1]][, 1]),
  standardErrors = as.list(sqrt(diag(vcov(m)))))
data(wine)
strict <- clmm.control(maxIter = 200, gradTol = 1e-9, maxLineIter = 200)
laplace <- clmm(rating ~ temp + contact + (1 | judge), data = wine, control = strict)
quadrature <- clmm(rating ~ temp + contact + (1 | judge), data = wine, nAGQ = 10, control = strict)

cat(toJSON(list(
  software = list(R = as.character(getRversion()), TAM = as.character(packageVersion("TAM")), eRm = as.character(packageVersion("eRm")),
    lme4 = as.character(packageVersion("lme4")), ordinal = as.character(packageVersion("ordinal"))),
  sparse = list(rows = sparse, mml = mml(sparse, ~ item + rater + step)),
  partialCredit = list(rows = byStep, mml = mml(byStep, ~ item + item:step + rater)),
  conditional = list(rows = items, ratingScale = erm(quiet(RSM(items, sum0 = TRUE))), partialCredit = erm(quiet(PCM(items, sum0 = TRUE)))),
  conditionalFacets = list(rows = full, eta = as.numeric(linear$etapar), standardErrors = as.numeric(linear$se.eta), logLikelihood = linear$loglik),
  reviewers = list(rows = reviewers, reml = remlOf(reml)),
  wine = list(rows = wine[, c("judge", "temp", "contact", "rating")], laplace = clmmOf(laplace), quadrature10 = clmmOf(quadrature))
), digits = 12, auto_unbox = TRUE))
