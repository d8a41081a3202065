import * as tf from "@tensorflow/tfjs"
import type { Tensor } from "@tensorflow/tfjs"

/** Adam on tensors that are disposed of at once: tfjs' own optimizer keeps its state in variables of the engine, which threads and tests would share.
 * @see Kingma & Ba (2015), Adam: a method for stochastic optimization, algorithm 1.
 */
export class Adam {
  private readonly beta1 = 0.9
  private readonly beta2 = 0.999
  private readonly epsilon = 1e-7
  private step = 0
  /** Running means of the gradients and of their squares, one tensor a weight. */
  private first: Tensor[]
  private second: Tensor[]

  /** @param weights Of the shapes that will be given to `apply()`. */
  constructor(weights: readonly Tensor[]) {
    this.first = weights.map((weight) => tf.zerosLike(weight))
    this.second = weights.map((weight) => tf.zerosLike(weight))
  }

  /**
   * One step. Gradients are scaled down together where their common norm exceeds `maxNorm`, so that one wild batch cannot throw the net off.
   * @returns The new weights; the old ones are disposed of.
   */
  apply(weights: readonly Tensor[], gradients: readonly Tensor[], learningRate: number, maxNorm: number): Tensor[] {
    this.step += 1
    const correction1 = 1 - this.beta1 ** this.step
    const correction2 = 1 - this.beta2 ** this.step
    const next = tf.tidy(() => {
      const norm = tf.sqrt(tf.addN(gradients.map((gradient) => gradient.square().sum())))
      const scale = tf.minimum(1, tf.div(maxNorm, norm.add(1e-12)))
      const clipped = gradients.map((gradient) => gradient.mul(scale))
      const first = clipped.map((gradient, i) => (this.first[i] as Tensor).mul(this.beta1).add(gradient.mul(1 - this.beta1)))
      const second = clipped.map((gradient, i) => (this.second[i] as Tensor).mul(this.beta2).add(gradient.square().mul(1 - this.beta2)))
      const moved = weights.map((weight, i) => {
        const size = (second[i] as Tensor).div(correction2).sqrt().add(this.epsilon)
        return weight.sub((first[i] as Tensor).mul(learningRate / correction1).div(size))
      })
      return { first, second, moved }
    })
    tf.dispose([this.first, this.second, [...weights]])
    this.first = next.first
    this.second = next.second
    return next.moved
  }

  dispose(): void {
    tf.dispose([this.first, this.second])
  }
}
