// Prints the weights that the journeys took, beside their budgets.

import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

import { ANNOTATION, type Weight } from './weight';

export default class WeightReporter implements Reporter {
  private readonly weights: Weight[] = [];

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { type, description } of result.annotations) {
      if (type === ANNOTATION && description) this.weights.push(JSON.parse(description) as Weight);
    }
  }

  onEnd(): void {
    if (this.weights.length === 0) return;
    const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
    const rows = this.weights.map((weight) => [
      weight.page,
      kilobytes(weight.bytes),
      weight.budget === undefined ? '—' : kilobytes(weight.budget),
      kilobytes(weight.script),
      String(weight.requests),
    ]);
    const table = [['first visit, compressed', 'kB', 'budget', 'script', 'requests'], ...rows];
    const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
    console.log();
    for (const row of table) {
      console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('   '));
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
