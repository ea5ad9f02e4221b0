"""Cases of a form, run: what is not as expected and why, what they have seen of the form, and what they have not."""

from formkit.cases.coverage import Coverage, Reached, RuleSeen, coverage_of
from formkit.cases.expectations import Failure
from formkit.cases.mutants import Mutant
from formkit.cases.mutation import Mutation, mutation_of
from formkit.cases.proposing import Proposal, Proposing
from formkit.cases.report import Report
from formkit.cases.results import CaseResult, FileResult, run_cases
from formkit.cases.sites import Kind, Site, sites

__all__ = [
    "CaseResult",
    "Coverage",
    "Failure",
    "FileResult",
    "Kind",
    "Mutant",
    "Mutation",
    "Proposal",
    "Proposing",
    "Reached",
    "Report",
    "RuleSeen",
    "Site",
    "coverage_of",
    "mutation_of",
    "run_cases",
    "sites",
]
